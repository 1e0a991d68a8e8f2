using System;
using Bootlace.Net;

namespace Bootlace.Boot;

/// <summary>Writes what is waited for, and a dot every second while it lasts.</summary>
internal sealed class WaitingDots : IDisposable
{
    private static readonly Duration Interval = Duration.FromSeconds(1);

    private readonly IConsole _console;
    private readonly Pump _pump;
    private PumpTimer? _timer;

    public WaitingDots(IConsole console, Pump pump, string title)
    {
        _console = console;
        _pump = pump;
        console.Write(title);
        _timer = pump.Schedule(Interval, Tick);
    }

    /// <summary>Ends the line with <paramref name="outcome"/>.</summary>
    public void End(string outcome)
    {
        if (_timer is null) return;
        _timer.Cancel();
        _timer = null;
        _console.Write(outcome);
    }

    /// <summary>Ends the line if nobody has.</summary>
    public void Dispose() => End("\n");

    private void Tick()
    {
        _console.Write(".");
        _timer = _pump.Schedule(Interval, Tick);
    }
}
