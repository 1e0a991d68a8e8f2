namespace Bootlace.DiskBench;

/// <summary>A whole disk behind EFI_BLOCK_IO_PROTOCOL (UEFI 2.10, 13.9).</summary>
internal readonly unsafe struct Disk
{
    // Offsets in the protocol, and in its media.
    private const int MediaOffset = 8, ReadOffset = 24, WriteOffset = 32;
    private const int MediaIdOffset = 0, PresentOffset = 5, PartitionOffset = 6, ReadOnlyOffset = 7;
    private const int BlockSizeOffset = 12, LastBlockOffset = 24;

    private readonly byte* _protocol;

    public Disk(byte* protocol) => _protocol = protocol;

    public bool IsWholeAndWritable =>
        Media[PresentOffset] != 0 && Media[PartitionOffset] == 0 && Media[ReadOnlyOffset] == 0;

    public long Bytes => (*(long*)(Media + LastBlockOffset) + 1) * BlockBytes;

    private byte* Media => *(byte**)(_protocol + MediaOffset);

    private uint MediaId => *(uint*)(Media + MediaIdOffset);

    private uint BlockBytes => *(uint*)(Media + BlockSizeOffset);

    public nuint Read(long place, int bytes, byte* buffer)
    {
        var read = *(delegate* unmanaged<byte*, uint, ulong, nuint, byte*, nuint>*)(_protocol + ReadOffset);
        return read(_protocol, MediaId, (ulong)place / BlockBytes, (nuint)bytes, buffer);
    }

    public nuint Write(long place, int bytes, byte* buffer)
    {
        var write = *(delegate* unmanaged<byte*, uint, ulong, nuint, byte*, nuint>*)(_protocol + WriteOffset);
        return write(_protocol, MediaId, (ulong)place / BlockBytes, (nuint)bytes, buffer);
    }
}
