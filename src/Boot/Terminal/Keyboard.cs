using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Takes keys from the console on every turn of the Pump, so that Ctrl-C reaches whatever is under way, and
/// keeps the others for whoever asks.</summary>
public sealed class Keyboard(IConsole console, Pump pump) : IPolled
{
    private const int QueueMax = 256;
    private const int KeysPerPollMax = 32;
    private static readonly Duration PollInterval = Duration.FromMilliseconds(20);

    private readonly Queue<Key> _keys = new();
    private readonly List<Interruption> _interruptible = [];
    private TaskCompletionSource? _arrival;
    private Instant _pollAt;

    /// <summary>While set, Ctrl-C is a key like any other: a command line is being edited.</summary>
    public bool TakesControlC { get; set; }

    /// <inheritdoc/>
    public Instant NextDeadline => _pollAt;

    /// <inheritdoc/>
    public bool Poll(Instant now)
    {
        if (now < _pollAt) return false;
        _pollAt = now + PollInterval;
        bool active = false;
        for (int i = 0; i < KeysPerPollMax && console.TryReadKey(out Key key); i++)
        {
            active = true;
            Take(key);
        }
        return active;
    }

    /// <summary>Begins something that Ctrl-C may interrupt; only the innermost is. A Ctrl-C that was typed behind the
    /// command line before that was taken is meant for it.</summary>
    public Interruption BeginInterruptible()
    {
        var interruption = new Interruption(_interruptible);
        if (_keys.Contains(Key.CtrlC))
        {
            while (_keys.Dequeue() != Key.CtrlC)
            {
                // As on any terminal, what was typed before it is forgotten.
            }
            interruption.Interrupt();
        }
        return interruption;
    }

    /// <summary>Forgets what was typed ahead.</summary>
    public void Clear() => _keys.Clear();

    /// <summary>Waits for a key until <paramref name="timeoutMs"/> have passed, 0 = for ever; null: none
    /// came.</summary>
    public async Task<Key?> ReadAsync(long timeoutMs, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (_keys.Count > 0) return _keys.Dequeue();
        Check.That(_arrival is null);
        var arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _arrival = arrival;
        using CancellationTokenRegistration registration = stop.Register(() => arrival.TrySetCanceled(stop));
        PumpTimer? timer = timeoutMs > 0
            ? pump.Schedule(Duration.FromMilliseconds(timeoutMs), () => arrival.TrySetResult()) : null;
        try
        {
            await arrival.Task;
        }
        finally
        {
            _arrival = null;
            timer?.Cancel();
        }
        return _keys.Count > 0 ? _keys.Dequeue() : null;
    }

    private void Take(Key key)
    {
        if (key == Key.CtrlC && !TakesControlC)
        {
            _keys.Clear();
            if (_interruptible.Count > 0) _interruptible[_interruptible.Count - 1].Interrupt();
            return;
        }
        if (_keys.Count >= QueueMax) return;
        _keys.Enqueue(key);
        _arrival?.TrySetResult();
    }
}
