using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tls;

/// <summary>Brings a session to life over a connection. However slowly the server sends, it has <see cref="TimeMax"/>
/// before its certificates are judged and as long after; judging may need answers of others.</summary>
internal sealed class TlsHandshake(
    Pump pump, IByteStream wire, TlsOptions options, ServerTrust trust, string host, byte[] ticket)
{
    private static readonly Duration TimeMax = Duration.FromSeconds(30), VerdictTimeMax = Duration.FromSeconds(60);

    /// <summary>Why the server is believed; null: an earlier session goes on, whose verdict holds.</summary>
    public ServerVerdict? Verdict { get; private set; }

    /// <summary>The session, connected. After any exception nothing is left of it and of the connection.</summary>
    /// <exception cref="BootFailure">The server is not to be trusted, breaks the protocol or does not
    /// answer.</exception>
    public async Task<TlsSession> RunAsync(CancellationToken stop)
    {
        TlsSession session = Begin();
        using var watchdog = new Watchdog(pump, stop);
        watchdog.Allow(TimeMax);
        try
        {
            await WalkAsync(session, watchdog);
            // Without certificates there is only the verdict of the session that the ticket came from.
            if (session.IsResumed && ticket.Length == 0) throw new BootFailure(TlsFailure.BadProof);
            return session;
        }
        catch (BootFailure)
        {
            TlsGoodbye.Begin(pump, wire, session);   // an alert may have to go out
            throw;
        }
        catch (OperationCanceledException) when (watchdog.HasBarked && !stop.IsCancellationRequested)
        {
            TlsGoodbye.Drop(wire, session);
            throw new BootFailure(TlsFailure.Silent, $"{host} does not get on with the TLS handshake");
        }
        catch
        {
            TlsGoodbye.Drop(wire, session);
            throw;
        }
    }

    /// <summary>The name for SNI, which has no dot at its end; null for an address (RFC 6066, section 3). In lower
    /// case: mbedTLS gives up when a ticket's name differs from it in case alone.</summary>
    internal static string? ServerNameOf(string host)
    {
        string name = host.TrimEnd('.').ToLowerInvariant();
        return name.Length == 0 || IpAddress.TryParse(name, out _) ? null : name;
    }

    private TlsSession Begin()
    {
        try
        {
            return new TlsSession(options, ServerNameOf(host), ticket);
        }
        catch
        {
            wire.Abort();
            throw;
        }
    }

    private async Task WalkAsync(TlsSession session, Watchdog watchdog)
    {
        for (;;)
        {
            TlsStep step = session.Handshake();
            if (session.Output.Length > 0)
            {
                await wire.WriteAsync(session.Output, watchdog.Token);
                session.ClearOutput();
            }
            switch (step)
            {
                case TlsStep.NeedsInput:
                    session.AddInput(await wire.ReadAsync(session.InputRoom, watchdog.Token));
                    break;
                case TlsStep.NeedsVerdict:
                    watchdog.Allow(VerdictTimeMax);
                    await JudgeAsync(session, watchdog.Token);
                    watchdog.Allow(TimeMax);
                    break;
                default:
                    return;
            }
        }
    }

    private async Task JudgeAsync(TlsSession session, CancellationToken stop)
    {
        try
        {
            Verdict = await trust.RequireAsync(session.PeerCertificates, host, stop);
        }
        catch (BootFailure failure)
        {
            session.Refuse(RefusalAlerts.For(failure.Kind));
            throw;
        }
    }
}
