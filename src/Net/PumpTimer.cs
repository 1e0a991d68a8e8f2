using System;

namespace Bootlace.Net;

/// <summary>An action the <see cref="Pump"/> will run once at a set time.</summary>
public sealed class PumpTimer
{
    private readonly Pump _pump;
    private readonly Action _action;

    internal PumpTimer(Pump pump, Action action)
    {
        _pump = pump;
        _action = action;
    }

    /// <summary>When it runs.</summary>
    public Instant DueAt { get; private set; } = Instant.Never;

    /// <summary>Lets it run once, <paramref name="length"/> from now, whenever it was to run before; allocates
    /// nothing.</summary>
    public void Restart(Duration length)
    {
        _pump.Forget(this);
        DueAt = _pump.After(length);
        _pump.Keep(this);
    }

    /// <summary>Takes it back; harmless if it has already run.</summary>
    public void Cancel() => _pump.Forget(this);

    internal void Fire() => _action();
}
