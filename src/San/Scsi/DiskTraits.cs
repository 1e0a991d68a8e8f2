namespace Bootlace.San;

/// <summary>What a disk is like and how to treat it.</summary>
/// <param name="Geometry">As it is shown to others.</param>
/// <param name="CommandBlocksMax">So many blocks a single command may move.</param>
internal readonly record struct DiskTraits(DiskGeometry Geometry, int CommandBlocksMax);
