using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;

namespace Bootlace.San;

/// <summary>Asks a server which targets it has (RFC 7143 section 4.3, SendTargets).</summary>
public static class IscsiDiscovery
{
    /// <summary>Logs in to a discovery session, lists the targets and logs out.</summary>
    /// <param name="pump">Where it runs.</param>
    /// <param name="entropy">For challenges.</param>
    /// <param name="connect">Opens connections.</param>
    /// <param name="options">Server, port and credentials; target name and LUN do not matter.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="Bootlace.Wire.BootFailure">As of the login, or <see
    /// cref="SanFailure.DiscoveryFailed"/>.</exception>
    public static Task<IReadOnlyList<DiscoveredTarget>> RunAsync(
        Pump pump, IEntropy entropy, PortalConnector connect, IscsiOptions options, CancellationToken stop) =>
        throw new NotSupportedException();
}
