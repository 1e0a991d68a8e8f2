using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>What <c>sync</c> waits for: what disks were given to write, and the lines for log servers.</summary>
internal sealed class PendingWork(Pump pump, SanDrives drives) : IPendingWork
{
    private const long UsualMs = 30_000;

    /// <summary>Sends what log servers have not got yet, within the time given; null: nothing is logged.</summary>
    public Func<Duration, Task>? SettleLog { get; set; }

    /// <inheritdoc/>
    public async Task SettleAsync(long timeoutMs, CancellationToken stop)
    {
        long limitMs = timeoutMs > 0 ? timeoutMs : UsualMs;
        Duration limit = Duration.FromMilliseconds(limitMs);
        Instant end = pump.CurrentTime + limit;
        using var limited = new CancellationTokenSource();
        using CancellationTokenRegistration chained = stop.Register(limited.Cancel);
        PumpTimer timer = pump.Schedule(limit, limited.Cancel);
        try
        {
            await drives.FlushAsync(limited.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new BootFailure(ScriptFailure.StillPending, $"Not everything was done within {limitMs} ms");
        }
        finally
        {
            timer.Cancel();
        }
        if (SettleLog is not null && pump.CurrentTime < end) await SettleLog(end - pump.CurrentTime);
    }
}
