using System;

namespace Bootlace.Net;

/// <summary>An action the <see cref="Pump"/> will run once at a set time.</summary>
public sealed class PumpTimer
{
    private readonly Pump _pump;
    private readonly Action _action;

    internal PumpTimer(Pump pump, Instant dueAt, Action action)
    {
        _pump = pump;
        DueAt = dueAt;
        _action = action;
    }

    /// <summary>When it runs.</summary>
    public Instant DueAt { get; }

    /// <summary>Takes it back; harmless if it has already run.</summary>
    public void Cancel() => _pump.Forget(this);

    internal void Fire() => _action();
}
