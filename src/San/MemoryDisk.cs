using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A disk whose blocks lie in memory. Bytes behind the last whole block are not part of it.</summary>
public sealed class MemoryDisk : IBlockDevice
{
    private const int DiskBlockBytes = 512, CdBlockBytes = 2048;
    private const int VolumeDescriptorOffset = 16 * CdBlockBytes + 1;   // ECMA-119, 6.2.1 and 8.1.2

    /// <summary>Makes a disk of a file: a CD where it begins like one. Throws a BootFailure when it has no block.
    /// </summary>
    public MemoryDisk(Memory<byte> content)
    {
        IsCd = content.Length > VolumeDescriptorOffset
            && content.Span.Slice(VolumeDescriptorOffset).StartsWith("CD001"u8);
        int blockBytes = IsCd ? CdBlockBytes : DiskBlockBytes;
        int blockCount = content.Length / blockBytes;
        if (blockCount == 0) throw new BootFailure(SanFailure.NoBlocks);
        Content = content.Slice(0, blockCount * blockBytes);
        Geometry = new DiskGeometry(blockBytes, (ulong)blockCount, false, 0);
    }

    /// <summary>All blocks.</summary>
    public Memory<byte> Content { get; }

    /// <summary>It is an ISO 9660 volume.</summary>
    public bool IsCd { get; }

    /// <inheritdoc/>
    public DiskGeometry Geometry { get; }

    /// <inheritdoc/>
    public int RequestsMax => 1;

    /// <inheritdoc/>
    public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop)
    {
        At(firstBlock, target.Length).CopyTo(target.Span);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        source.Span.CopyTo(At(firstBlock, source.Length));
        return default;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken stop) => default;

    /// <inheritdoc/>
    public ValueTask CloseAsync() => default;

    private Span<byte> At(ulong firstBlock, int countBytes)
    {
        Check.That(firstBlock <= Geometry.BlockCount);
        return Content.Span.Slice((int)firstBlock * Geometry.BlockBytes, countBytes);
    }
}
