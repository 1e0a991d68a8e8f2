using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A connection that has been logged in: full feature phase begins.</summary>
/// <param name="Connection">The connection, digests switched on as settled.</param>
/// <param name="Parameters">What was settled.</param>
/// <param name="Address">The portal's address, behind all redirections.</param>
/// <param name="Port">Its port.</param>
public sealed record IscsiLogin(
    IscsiConnection Connection, IscsiParameters Parameters, IpAddress Address, ushort Port)
{
    /// <summary>Connects to the options' portal, follows redirections and logs in to a normal session. Every wait in
    /// it is bounded.</summary>
    /// <param name="pump">Where it runs.</param>
    /// <param name="entropy">For challenges.</param>
    /// <param name="connect">Opens connections.</param>
    /// <param name="options">Target and credentials.</param>
    /// <param name="session">The session's identity: that of a session before, to take its place.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="BootFailure">A <see cref="SanFailure"/>, or the connector's.</exception>
    public static Task<IscsiLogin> RunAsync(
        Pump pump, IEntropy entropy, PortalConnector connect, IscsiOptions options, InitiatorSessionId session,
        CancellationToken stop) => throw new NotSupportedException();
}
