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
    private const int QueueMax = 8192;
    private const int KeysPerPollMax = 64;

    /// <summary>How long an ESC waits for the rest of a sequence: on a serial line over a network it may come in a
    /// packet of its own.</summary>
    private static readonly Duration SequenceTime = Duration.FromMilliseconds(100);

    /// <summary>At 115200 baud 16 characters, all that a port of a polling firmware may hold, are there in 1.4 ms.
    /// </summary>
    private static readonly Duration BusyInterval = Duration.FromMilliseconds(1);
    private static readonly Duration IdleInterval = Duration.FromMilliseconds(20);

    private readonly Queue<Key> _keys = new();
    private readonly KeySequence _sequence = new();
    private readonly List<Key> _whole = [];
    private readonly List<Interruption> _interruptible = [];
    private TaskCompletionSource? _arrival;
    private Instant _pollAt, _busyUntil, _releaseAt;

    /// <summary>While set, Ctrl-C is a key like any other: a command line is being edited.</summary>
    public bool TakesControlC { get; set; }

    /// <inheritdoc/>
    public Instant NextDeadline => _pollAt;

    /// <inheritdoc/>
    public bool Poll(Instant now)
    {
        if (now < _pollAt) return false;
        int count = 0;
        while (count < KeysPerPollMax && console.TryReadKey(out Key key))
        {
            count++;
            _sequence.Take(key, _whole);
            _busyUntil = now + IdleInterval;
            _releaseAt = now + SequenceTime;
        }
        if (_sequence.IsHolding && now >= _releaseAt) _sequence.Release(_whole);
        foreach (Key key in _whole) Take(key);
        _whole.Clear();
        _pollAt = now + (_arrival is not null || now < _busyUntil ? BusyInterval : IdleInterval);
        return count > 0;
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

    /// <summary>Takes a key that was typed already.</summary>
    public bool TryRead(out Key key) => _keys.TryDequeue(out key);

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
