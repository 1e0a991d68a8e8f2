using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Opens network disks, each behind a cache in firmware pages.</summary>
public sealed class DiskOpener(Pump pump, IEntropy entropy, PortalConnector connect) : IDiskOpener
{
    /// <inheritdoc/>
    public async Task<OpenedDisk> OpenIscsiAsync(IReadOnlyList<IscsiOptions> paths, CancellationToken stop)
    {
        IscsiDisk disk = await IscsiDisk.OpenAsync(pump, entropy, connect, paths, stop);
        return new OpenedDisk(disk)
        {
            Address = disk.TargetAddress,
            Iscsi = new IscsiSource(disk.Options, disk.TargetAddress, disk.TargetPort, disk.PortalGroupTag)
            {
                HasHeaderDigest = disk.HasHeaderDigest,
                HasDataDigest = disk.HasDataDigest,
            },
        };
    }

    /// <inheritdoc/>
    public Task<OpenedDisk> OpenFileAsync(BootUri uri, CancellationToken stop) =>
        throw new BootFailure(SanFailure.UnknownDiskScheme);

    /// <inheritdoc/>
    public OpenedDisk OpenMemory(ImageContent content, string uri) =>
        throw new BootFailure(SanFailure.UnknownDiskScheme);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiscoveredTarget>> DiscoverAsync(IscsiOptions options, CancellationToken stop) =>
        IscsiDiscovery.RunAsync(pump, entropy, connect, options, stop);
}
