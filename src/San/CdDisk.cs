using System;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.San;

/// <summary>A disk of 512-byte blocks with a CD's image on it, shown as the CD: in blocks of 2048 bytes, so that
/// firmware finds what El Torito boots (spec/ipxe-compat.md 6.5). Blocks behind the last whole one are not part of
/// it.</summary>
public sealed class CdDisk : IBlockDevice
{
    private const int DiskBlockBytes = 512, CdBlockBytes = 2048, BlocksPerCdBlock = CdBlockBytes / DiskBlockBytes;
    private const ulong GptBlock = 1;
    private const ulong VolumeBlock = 16 * BlocksPerCdBlock;   // ECMA-119, 6.2.1

    private readonly IBlockDevice _inner;

    private CdDisk(IBlockDevice inner)
    {
        _inner = inner;
        DiskGeometry disk = inner.Geometry;
        Geometry = new DiskGeometry(
            CdBlockBytes, disk.BlockCount / BlocksPerCdBlock, disk.IsReadOnly, disk.OptimalBlocks / BlocksPerCdBlock);
    }

    /// <inheritdoc/>
    public DiskGeometry Geometry { get; }

    /// <inheritdoc/>
    public int RequestsMax => _inner.RequestsMax;

    /// <summary>Looks at the disk, and returns it as a CD if it is one. With a partition table of its own (GPT) it is
    /// a disk all the same: one made for both uses starts from there, and on one that was an ISO image once the old
    /// descriptor is still in the gap before the first partition.</summary>
    /// <exception cref="Bootlace.Wire.BootFailure">It cannot be read.</exception>
    public static async Task<IBlockDevice> ShowAsync(IBlockDevice disk, CancellationToken stop)
    {
        if (disk.Geometry.BlockBytes != DiskBlockBytes || disk.Geometry.BlockCount <= VolumeBlock) return disk;
        byte[] block = new byte[DiskBlockBytes];
        await disk.ReadAsync(VolumeBlock, block, stop);
        if (!block.AsSpan(1).StartsWith("CD001"u8)) return disk;   // ECMA-119, 8.1.2
        await disk.ReadAsync(GptBlock, block, stop);
        return block.AsSpan().StartsWith("EFI PART"u8) ? disk : new CdDisk(disk);
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop) =>
        _inner.ReadAsync(firstBlock * BlocksPerCdBlock, target, stop);

    /// <inheritdoc/>
    public ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop) =>
        _inner.WriteAsync(firstBlock * BlocksPerCdBlock, source, stop);

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken stop) => _inner.FlushAsync(stop);

    /// <inheritdoc/>
    public ValueTask CloseAsync() => _inner.CloseAsync();
}
