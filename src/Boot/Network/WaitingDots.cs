using System;
using Bootlace.Net;

namespace Bootlace.Boot;

/// <summary>Writes what is waited for, and a dot every second while it lasts.</summary>
internal sealed class WaitingDots : IDisposable
{
    private static readonly Duration Interval = Duration.FromSeconds(1);

    private readonly IConsole _console;
    private readonly Pump _pump;
    private readonly Func<string?>? _reason;
    private PumpTimer? _timer;
    private string? _said;

    /// <param name="console">Where.</param>
    /// <param name="pump">Whose time it is.</param>
    /// <param name="title">What is waited for.</param>
    /// <param name="reason">Why it takes so long, if that is known; it is said once.</param>
    public WaitingDots(IConsole console, Pump pump, string title, Func<string?>? reason = null)
    {
        _reason = reason;
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
        string? reason = _reason?.Invoke();
        if (reason is not null && reason != _said) _console.Write($" ({reason}) ");
        _said ??= reason;
        _console.Write(".");
        _timer = _pump.Schedule(Interval, Tick);
    }
}
