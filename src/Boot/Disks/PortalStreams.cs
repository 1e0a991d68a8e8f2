using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Connections that outlive the hand-over to another program, for HTTP; it remembers where the last one led.
/// </summary>
internal sealed class PortalStreams(PortalConnector connect) : IStreamConnector
{
    /// <summary>The address behind the last connection; null: there was none yet.</summary>
    public IpAddress? Address { get; private set; }

    /// <summary>Its port.</summary>
    public ushort Port { get; private set; }

    /// <inheritdoc/>
    public async Task<IByteStream> ConnectAsync(string host, ushort port, CancellationToken stop)
    {
        Portal portal = await connect(host, port, stop);
        (Address, Port) = (portal.Address, port);
        return portal.Stream;
    }
}
