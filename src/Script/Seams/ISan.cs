using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>Network disks as commands see them (spec/ipxe-compat.md 2.6). All text is <see cref="ByteText"/>; failures
/// are thrown; what is done is said on the screen.</summary>
public interface ISan
{
    /// <summary>Opens a network disk and shows it to the firmware.</summary>
    Task HookAsync(SanHook hook, CancellationToken stop);

    /// <summary>Starts what is on a disk, hooked for it if it has root paths; the status it came back with.</summary>
    Task<Status> BootAsync(SanBoot boot, CancellationToken stop);

    /// <summary>Takes a drive away and closes its disk; null: the default drive. A drive that is not there is no
    /// failure.</summary>
    Task UnhookAsync(uint? drive);

    /// <summary>The targets that an iSCSI server (a name or an address, without brackets) offers to us.</summary>
    Task<IReadOnlyList<SanTarget>> DiscoverAsync(string server, ushort port, CancellationToken stop);
}
