using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>Boots what the network names, as at start.</summary>
public interface INetworkBoot
{
    /// <summary>Boots over these interfaces in turn until it succeeds; none: over all, the one we were loaded through
    /// first. The status of the last.</summary>
    Task<Status> BootAsync(IReadOnlyList<IInterface> interfaces, CancellationToken stop);
}
