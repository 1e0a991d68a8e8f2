using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>A file on an HTTP server as a disk that cannot be written: blocks of 512 bytes, or 2048 where it is an ISO
/// 9660 volume (spec/ipxe-compat.md 5.4). Bytes behind the last whole block are not part of it.</summary>
public sealed class HttpDisk : IBlockDevice
{
    private const int DiskBlockBytes = 512, CdBlockBytes = 2048;
    private const ulong VolumeDescriptorOffset = 16 * CdBlockBytes + 1;   // ECMA-119, 6.2.1 and 8.1.2
    private const int PieceBytes = 64 * 1024;                             // a request below that is mostly waiting

    private readonly HttpFile _file;

    private HttpDisk(HttpFile file, int blockBytes)
    {
        _file = file;
        ulong blockCount = file.SizeBytes / (uint)blockBytes;
        if (blockCount == 0) throw new BootFailure(SanFailure.NoBlocks);
        Geometry = new DiskGeometry(blockBytes, blockCount, IsReadOnly: true, (uint)(PieceBytes / blockBytes));
    }

    /// <inheritdoc/>
    public DiskGeometry Geometry { get; }

    /// <inheritdoc/>
    public int RequestsMax => 1;

    /// <summary>Where the file is, behind all redirects.</summary>
    public BootUri Uri => _file.Uri;

    /// <summary>Opens the file at <paramref name="uri"/>.</summary>
    /// <exception cref="BootFailure">There is none, it is empty, or its server sends files only whole.</exception>
    public static async Task<HttpDisk> OpenAsync(
        Pump pump, HttpConnectors connectors, HttpOptions options, BootUri uri, CancellationToken stop)
    {
        HttpFile file = await HttpFile.OpenAsync(pump, connectors, options, uri, stop);
        try
        {
            return new HttpDisk(file, await IsCdAsync(file, stop) ? CdBlockBytes : DiskBlockBytes);
        }
        catch (Exception)
        {
            file.Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop) =>
        _file.ReadAsync(firstBlock * (uint)Geometry.BlockBytes, target, stop);

    /// <inheritdoc/>
    public ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop) =>
        throw new BootFailure(SanFailure.WriteProtected, $"{Uri} cannot be written to");

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken stop) => default;

    /// <inheritdoc/>
    public ValueTask CloseAsync()
    {
        _file.Close();
        return default;
    }

    private static async Task<bool> IsCdAsync(HttpFile file, CancellationToken stop)
    {
        var identifier = new byte[5];
        if (file.SizeBytes < VolumeDescriptorOffset + (uint)identifier.Length) return false;
        await file.ReadAsync(VolumeDescriptorOffset, identifier, stop);
        return identifier.AsSpan().SequenceEqual("CD001"u8);
    }
}
