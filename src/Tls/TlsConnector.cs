using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;

namespace Bootlace.Tls;

/// <summary>Connects to servers by TLS, and goes on with earlier sessions where a server allows it.</summary>
/// <param name="pump">Time limits.</param>
/// <param name="connect">Opens the connections below.</param>
/// <param name="options">Ciphers, client certificate and the application protocol, "http/1.1" for HTTPS.</param>
/// <param name="trust">Judges servers.</param>
public sealed class TlsConnector(Pump pump, StreamConnect connect, ClientOptions options, ServerTrust trust)
{
    private readonly TlsTickets _tickets = new();

    /// <summary>Hears of every connection; null: nobody does.</summary>
    public TlsJournal? Journal { get; init; }

    /// <summary>Another number than before: a server would be judged anew, or learn that we are somebody else.
    /// </summary>
    public int Generation => trust.Generation + options.Generation;

    /// <summary>Connects to <paramref name="host"/>, a name or an address without brackets. Gives up by itself after a
    /// bounded time.</summary>
    /// <exception cref="Wire.BootFailure">It cannot be reached, is not to be trusted, or speaks no TLS.</exception>
    public async Task<TlsStream> ConnectAsync(string host, ushort port, CancellationToken stop) =>
        await SecureAsync(await connect(host, port, stop), host, port, stop);

    /// <summary>The same over a connection that is there, and belongs to the stream from now on.</summary>
    /// <exception cref="Wire.BootFailure">The server is not to be trusted, or speaks no TLS.</exception>
    public async Task<TlsStream> SecureAsync(IByteStream wire, string host, ushort port, CancellationToken stop)
    {
        int generation;
        TlsOptions current;
        try
        {
            generation = Generation;
            current = options.Take();
        }
        catch
        {
            wire.Abort();
            throw;
        }
        TlsTicket? ticket = _tickets.Take(host, port, generation);
        ServerVerdict? verdict = ticket?.Verdict;
        TlsStream stream = await TlsStream.ConnectAsync(
            pump, wire, current, trust, host, ticket?.Bytes ?? [], Keep, stop);
        verdict = stream.Verdict ?? verdict;
        if (Journal is not null && verdict is not null) Journal.Add(stream.Report(host, port, verdict));
        return stream;

        void Keep(byte[] next)
        {
            if (verdict is not null) _tickets.Keep(host, port, new TlsTicket(next, verdict), generation, Generation);
        }
    }
}
