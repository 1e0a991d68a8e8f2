using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.San;
using Bootlace.Transfer;

namespace Bootlace.Boot;

/// <summary>Opens network disks. Real: <see cref="DiskOpener"/>; test: a fake.</summary>
public interface IDiskOpener
{
    /// <summary>Opens an iSCSI disk by the first of its paths that works.</summary>
    Task<OpenedDisk> OpenIscsiAsync(IReadOnlyList<IscsiOptions> paths, CancellationToken stop);

    /// <summary>Opens a file on a server as a disk, read piece by piece.</summary>
    Task<OpenedDisk> OpenFileAsync(BootUri uri, CancellationToken stop);

    /// <summary>Makes a disk of a file in memory, which it owns from now on.</summary>
    OpenedDisk OpenMemory(ImageContent content, string uri);

    /// <summary>Lists the targets of a server.</summary>
    Task<IReadOnlyList<DiscoveredTarget>> DiscoverAsync(IscsiOptions options, CancellationToken stop);
}
