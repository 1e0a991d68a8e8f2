using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A disk of an iSCSI target. It survives the loss of its connection and of its target: the session is
/// reinstated and what was under way is sent again.</summary>
/// <remarks>Several requests at once keep the target and the line busy while a caller looks at what has arrived. All of
/// them share the commands there may be at a time, first come, first served.</remarks>
public sealed partial class IscsiDisk : IBlockDevice, IPolled
{
    private readonly Pump _pump;
    private readonly IscsiPaths _paths;
    private readonly DiskPiece[] _pieces = new DiskPiece[PiecesMax];
    private readonly DiskRequest[] _pool = new DiskRequest[RequestsAtOnceMax];
    private readonly List<DiskRequest> _requests = new(RequestsAtOnceMax);   // in the order they came
    private IscsiPath _path;
    private bool _isClosed, _cannotFlush;

    private IscsiDisk(Pump pump, IscsiPaths paths, IscsiPath path)
    {
        (_pump, _paths, _path) = (pump, paths, path);
        Geometry = path.Traits.Geometry;
        for (int i = 0; i < _pieces.Length; i++) _pieces[i] = new DiskPiece();
        for (int i = 0; i < _pool.Length; i++) _pool[i] = new DiskRequest(pump);
        pump.Add(this);
    }

    /// <inheritdoc/>
    public DiskGeometry Geometry { get; }

    /// <inheritdoc/>
    public int RequestsMax => RequestsAtOnceMax;

    /// <summary>Called when there is a new session: it may go by another path, or to another portal of the same
    /// one.</summary>
    public Action? Reopened { get; set; }

    /// <summary>The path in use.</summary>
    public IscsiOptions Options => _path.Options;

    /// <summary>The portal's address, behind all redirections.</summary>
    public IpAddress TargetAddress => _path.Session.Login.Address;

    /// <summary>The portal's port.</summary>
    public ushort TargetPort => _path.Session.Login.Port;

    /// <summary>The portal group the target says it was reached through.</summary>
    public ushort PortalGroupTag => _path.Session.Login.Parameters.TargetPortalGroupTag;

    /// <summary>Headers carry a CRC32C.</summary>
    public bool HasHeaderDigest => _path.Session.Login.Parameters.HeaderDigest;

    /// <summary>Data segments carry a CRC32C.</summary>
    public bool HasDataDigest => _path.Session.Login.Parameters.DataDigest;

    /// <summary>Logs in and looks the disk over; done when it is ready to be read.</summary>
    /// <exception cref="BootFailure">A <see cref="SanFailure"/>, or the connector's.</exception>
    public static Task<IscsiDisk> OpenAsync(
        Pump pump, IEntropy entropy, PortalConnector connect, IscsiOptions options, CancellationToken stop) =>
        OpenAsync(pump, entropy, connect, [options], stop);

    /// <summary>Opens all paths to the same disk together and keeps the first that becomes ready (spec/ipxe-compat.md
    /// 6.7). When it is lost, all are tried again.</summary>
    /// <exception cref="BootFailure">Of the first path, when none works.</exception>
    public static async Task<IscsiDisk> OpenAsync(
        Pump pump, IEntropy entropy, PortalConnector connect, IReadOnlyList<IscsiOptions> paths,
        CancellationToken stop)
    {
        var ways = new IscsiPaths(pump, entropy, connect, paths);
        return new IscsiDisk(pump, ways, await ways.OpenFirstAsync(stop));
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop) =>
        target.Length == 0 ? default : Begin(firstBlock, target, default, stop);

    /// <inheritdoc/>
    public ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        if (Geometry.IsReadOnly)
            throw new BootFailure(SanFailure.WriteProtected, $"{Name} is write-protected");
        return source.Length == 0 ? default : Begin(firstBlock, default, source, stop);
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken stop) =>
        _cannotFlush || Geometry.IsReadOnly ? default : Begin(0, default, default, stop);

    /// <inheritdoc/>
    public async ValueTask CloseAsync()
    {
        if (_isClosed) return;
        _isClosed = true;
        _stopReopening?.Cancel();
        await _path.Session.CloseAsync();
        await _reopening;
        Poll(_pump.Now);   // the requests that are left fail
        _pump.Remove(this);
    }

    private string Name => $"The iSCSI disk {Options}";
}
