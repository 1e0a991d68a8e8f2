using System;
using System.Threading;

namespace Bootlace.Net;

/// <summary>Cancels <see cref="Token"/> when it has not been fed for a while, or when the caller's own token is
/// cancelled. Feeding costs nothing, so it is done for each piece received.</summary>
public sealed class Watchdog : IDisposable
{
    private readonly Pump _pump;
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _caller;
    private PumpTimer? _timer;
    private Duration _limit;
    private Instant _fedAt;

    /// <summary>Watches nothing until <see cref="Allow"/>.</summary>
    public Watchdog(Pump pump, CancellationToken caller)
    {
        _pump = pump;
        _caller = caller.Register(_source.Cancel);
    }

    /// <summary>What the work that is watched over gets.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>True if it was us and not the caller.</summary>
    public bool HasBarked { get; private set; }

    /// <summary>From now on silence may last this long.</summary>
    public void Allow(Duration limit)
    {
        _limit = limit;
        Feed();
        _timer?.Cancel();
        _timer = _pump.Schedule(limit, OnTimer);
    }

    /// <summary>There was a sign of life.</summary>
    public void Feed() => _fedAt = _pump.Now;

    /// <summary>Stops watching; the token stays as it is.</summary>
    public void Dispose()
    {
        _timer?.Cancel();
        _caller.Dispose();
    }

    private void OnTimer()
    {
        Duration left = _fedAt + _limit - _pump.Now;
        if (left > Duration.Zero)
        {
            _timer = _pump.Schedule(left, OnTimer);
            return;
        }
        HasBarked = true;
        _source.Cancel();
    }
}
