using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;

namespace Bootlace.Tls;

/// <summary>Connects to servers by TLS, and goes on with earlier sessions where a server allows it.</summary>
/// <param name="pump">Time limits.</param>
/// <param name="connect">Opens the connections below.</param>
/// <param name="options">Versions, ciphers, client certificate and the application protocol, "http/1.1" for HTTPS; must
/// outlive the streams.</param>
/// <param name="trust">Judges servers.</param>
public sealed class TlsConnector(Pump pump, StreamConnect connect, TlsOptions options, ServerTrust trust)
{
    private readonly TlsTickets _tickets = new();

    /// <summary>Connects to <paramref name="host"/>, a name or an address without brackets. Gives up by itself after a
    /// bounded time.</summary>
    /// <exception cref="Wire.BootFailure">It cannot be reached, is not to be trusted, or speaks no TLS.</exception>
    public async Task<TlsStream> ConnectAsync(string host, ushort port, CancellationToken stop)
    {
        IByteStream wire = await connect(host, port, stop);
        int generation = trust.Generation;
        byte[] ticket = _tickets.Take(host, port, generation);
        return await TlsStream.ConnectAsync(
            pump, wire, options, trust, host, ticket,
            next => _tickets.Keep(host, port, next, generation, trust.Generation), stop);
    }

    /// <summary>Every server is judged anew from now on: for whoever changes what a verdict rests on beside the trust,
    /// as the date or what is asked about revocation.</summary>
    public void ForgetTickets() => _tickets.Clear();
}
