using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_BLOCK_IO_PROTOCOL (UEFI 2.10, 13.9).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BlockIo
{
    public const ulong Revision3 = 0x0002001f;

    public ulong Revision;
    public BlockIoMedia* Media;
    public delegate* unmanaged<BlockIo*, byte, nuint> Reset;
    public delegate* unmanaged<BlockIo*, uint, ulong, nuint, byte*, nuint> ReadBlocks;
    public delegate* unmanaged<BlockIo*, uint, ulong, nuint, byte*, nuint> WriteBlocks;
    public delegate* unmanaged<BlockIo*, nuint> FlushBlocks;
}

/// <summary>EFI_BLOCK_IO2_PROTOCOL (UEFI 2.10, 13.10).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BlockIo2
{
    public BlockIoMedia* Media;
    public delegate* unmanaged<BlockIo2*, byte, nuint> Reset;
    public delegate* unmanaged<BlockIo2*, uint, ulong, BlockIo2Token*, nuint, byte*, nuint> ReadBlocksEx;
    public delegate* unmanaged<BlockIo2*, uint, ulong, BlockIo2Token*, nuint, byte*, nuint> WriteBlocksEx;
    public delegate* unmanaged<BlockIo2*, BlockIo2Token*, nuint> FlushBlocksEx;
}

/// <summary>EFI_BLOCK_IO2_TOKEN: how a request that need not be waited for tells its end.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BlockIo2Token
{
    public nint Event;
    public nuint TransactionStatus;
}

/// <summary>EFI_BLOCK_IO_MEDIA (UEFI 2.10, 13.9.1), all of it: revision 3.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BlockIoMedia
{
    public uint MediaId;
    public byte RemovableMedia;
    public byte MediaPresent;
    public byte LogicalPartition;
    public byte ReadOnly;
    public byte WriteCaching;
    public uint BlockSize;
    public uint IoAlign;
    public ulong LastBlock;
    public ulong LowestAlignedLba;
    public uint LogicalBlocksPerPhysicalBlock;
    public uint OptimalTransferLengthGranularity;
}
