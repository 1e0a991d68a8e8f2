using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tls;

/// <summary>The end of a session: what it has still to say, close_notify or an alert, is sent, then the connection
/// below is closed and the session disposed of. Nobody waits for that, so it has a time limit of its own.</summary>
internal static class TlsGoodbye
{
    private static readonly Duration TimeMax = Duration.FromSeconds(5);

    /// <summary>Begins it.</summary>
    public static void Begin(Pump pump, IByteStream wire, TlsSession session)
    {
        // Who closes may be a callback of the firmware, which does not run on the pump.
        using (pump.Enter()) _ = SayAsync(pump, wire, session);
    }

    /// <summary>The same for a connection that is dropped: nothing is said.</summary>
    public static void Drop(IByteStream wire, TlsSession session)
    {
        wire.Abort();
        session.Dispose();
    }

    private static async Task SayAsync(Pump pump, IByteStream wire, TlsSession session)
    {
        using var watchdog = new Watchdog(pump, CancellationToken.None);
        watchdog.Allow(TimeMax);
        try
        {
            if (session.Output.Length > 0) await wire.WriteAsync(session.Output, watchdog.Token);
            wire.Close();
        }
        catch (BootFailure)
        {
            wire.Abort();
        }
        catch (OperationCanceledException)
        {
            wire.Abort();
        }
        finally
        {
            session.Dispose();
        }
    }
}
