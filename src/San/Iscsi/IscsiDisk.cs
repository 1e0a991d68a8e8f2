using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A disk of an iSCSI target. It survives the loss of its connection and of its target: the session is
/// reinstated and what was under way is sent again.</summary>
public sealed class IscsiDisk : IBlockDevice
{
    private IscsiDisk(IscsiOptions options) => Options = options;

    /// <inheritdoc/>
    public DiskGeometry Geometry => throw new NotSupportedException();

    /// <summary>The path in use.</summary>
    public IscsiOptions Options { get; }

    /// <summary>The portal's address, behind all redirections.</summary>
    public IpAddress TargetAddress => throw new NotSupportedException();

    /// <summary>The portal's port.</summary>
    public ushort TargetPort => throw new NotSupportedException();

    /// <summary>The portal group the target says it was reached through.</summary>
    public ushort PortalGroupTag => throw new NotSupportedException();

    /// <summary>Headers carry a CRC32C.</summary>
    public bool HasHeaderDigest => throw new NotSupportedException();

    /// <summary>Data segments carry a CRC32C.</summary>
    public bool HasDataDigest => throw new NotSupportedException();

    /// <summary>Logs in and looks the disk over; done when it is ready to be read.</summary>
    /// <exception cref="BootFailure">A <see cref="SanFailure"/>, or the connector's.</exception>
    public static Task<IscsiDisk> OpenAsync(
        Pump pump, IEntropy entropy, PortalConnector connect, IscsiOptions options, CancellationToken stop) =>
        OpenAsync(pump, entropy, connect, [options], stop);

    /// <summary>Opens all paths to the same disk together and keeps the first that becomes ready (spec/ipxe-compat.md
    /// 6.7). When it is lost, all are tried again.</summary>
    /// <exception cref="BootFailure">Of the first path, when none works.</exception>
    public static Task<IscsiDisk> OpenAsync(
        Pump pump, IEntropy entropy, PortalConnector connect, IReadOnlyList<IscsiOptions> paths,
        CancellationToken stop) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken stop) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask CloseAsync() => throw new NotSupportedException();
}
