namespace Bootlace.San;

/// <summary>What a disk is like.</summary>
/// <param name="BlockBytes">Bytes of a block, a power of two from 512 to 65536.</param>
/// <param name="BlockCount">Number of blocks; at least 1.</param>
/// <param name="IsReadOnly">Writes are refused.</param>
/// <param name="OptimalBlocks">Requests of this many blocks go fastest; 0: not known.</param>
public readonly record struct DiskGeometry(int BlockBytes, ulong BlockCount, bool IsReadOnly, uint OptimalBlocks);
