using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Net;

/// <summary>The one loop that waits: it polls the network and the keys, fires due timers and runs the continuations of
/// async methods, all on one thread. The script and the firmware's callbacks enter it through <see
/// cref="RunUntil(ValueTask)"/>.</summary>
/// <remarks>It is the synchronisation context of everything it runs, so an <c>await</c> always comes back on its queue,
/// never on the stack of whoever completed the task.</remarks>
public sealed class Pump(IClock clock) : SynchronizationContext
{
    private const int ContinuationsPerTurnMax = 100;
    private static readonly Duration StandstillMin = Duration.FromSeconds(1);

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly List<IPolled> _polled = [];
    private readonly List<PumpTimer> _timers = [];   // by time, the next one last
    private Instant _lookedAt = clock.Now;
    private Duration _stoodStill;   // altogether

    /// <summary>The time as of this turn. It stands still while the Pump does: a program that reads our disk may let
    /// minutes pass between two requests, and nobody may be given up for what was not looked at.</summary>
    public Instant Now { get; private set; } = clock.Now;

    /// <summary>The present, also between two turns.</summary>
    public Instant CurrentTime
    {
        get
        {
            Instant now = RunningTime;
            return now - _lookedAt > StandstillMin ? _lookedAt : now;
        }
    }

    /// <summary>Polls <paramref name="polled"/> on every turn from now on.</summary>
    public void Add(IPolled polled) => _polled.Add(polled);

    /// <summary>Stops polling it.</summary>
    public void Remove(IPolled polled) => _polled.Remove(polled);

    /// <summary>Runs until <paramref name="task"/> has completed, and throws what it threw. May be entered again from
    /// inside a callback.</summary>
    public void RunUntil(Task task)
    {
        using (Enter())
        {
            while (!task.IsCompleted) Turn();
        }
        task.GetAwaiter().GetResult();
    }

    /// <summary>Runs until <paramref name="work"/> has completed, and throws what it threw; it allocates nothing. Ends
    /// with a turn that does not rest, so that what the work has queued on the network is sent, and what has arrived is
    /// taken, however rarely the Pump gets to run. May be entered again from inside a callback.</summary>
    public void RunUntil(ValueTask work)
    {
        using (Enter())
        {
            while (!work.IsCompleted) Turn();
            Turn(mayRest: false);
        }
        work.GetAwaiter().GetResult();
    }

    /// <summary>The same for work with a result, which it returns.</summary>
    public T RunUntil<T>(ValueTask<T> work)
    {
        using (Enter())
        {
            while (!work.IsCompleted) Turn();
            Turn(mayRest: false);
        }
        return work.GetAwaiter().GetResult();
    }

    /// <summary>Makes this pump the place where awaits come back to, until the scope is disposed of: for starting work
    /// whose caller may not be on the pump, as a callback of the firmware is not.</summary>
    public PumpScope Enter()
    {
        var scope = new PumpScope(Current);
        SetSynchronizationContext(this);
        return scope;
    }

    /// <summary>Starts <paramref name="work"/> on this pump, runs until it has completed and returns its
    /// result.</summary>
    public T Run<T>(Func<Task<T>> work)
    {
        Task<T> task = Start(work);
        RunUntil(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Starts <paramref name="work"/> on this pump and runs until it has completed.</summary>
    public void Run(Func<Task> work) => RunUntil(Start(work));

    /// <summary>Completes after <paramref name="length"/>, or is cancelled by <paramref name="stop"/>.</summary>
    public async Task Delay(Duration length, CancellationToken stop)
    {
        var elapsed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        PumpTimer timer = Schedule(length, () => elapsed.TrySetResult());
        using CancellationTokenRegistration registration = stop.Register(() => elapsed.TrySetCanceled(stop));
        try
        {
            await elapsed.Task;
        }
        finally
        {
            timer.Cancel();
        }
    }

    /// <summary>Calls <paramref name="action"/> once, on the pump, after <paramref name="length"/>, unless it is
    /// cancelled before.</summary>
    public PumpTimer Schedule(Duration length, Action action)
    {
        PumpTimer timer = CreateTimer(action);
        timer.Restart(length);
        return timer;
    }

    /// <summary>A timer that calls <paramref name="action"/> once it has been started, and can be started again and
    /// again.</summary>
    public PumpTimer CreateTimer(Action action) => new(this, action);

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => _ready.Enqueue((d, state));

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    internal Instant After(Duration length) => CurrentTime + length;

    internal void Keep(PumpTimer timer)
    {
        int index = _timers.Count;
        while (index > 0 && _timers[index - 1].DueAt <= timer.DueAt) index--;
        _timers.Insert(index, timer);
    }

    internal void Forget(PumpTimer timer) => _timers.Remove(timer);

    private TTask Start<TTask>(Func<TTask> work) where TTask : Task
    {
        using (Enter()) return work();
    }

    private Instant RunningTime => clock.Now - _stoodStill;

    private void Turn(bool mayRest = true)
    {
        Look();
        Now = _lookedAt;
        bool active = RunReady();
        active |= FireTimers();
        for (int i = 0; i < _polled.Count; i++) active |= _polled[i].Poll(Now);
        Look();   // a program may have run meanwhile
        if (!mayRest || active || _ready.Count > 0) return;
        Rest();
        _lookedAt = RunningTime;
    }

    private void Look()
    {
        Duration gap = RunningTime - _lookedAt;
        if (gap > StandstillMin) _stoodStill += gap;
        else _lookedAt += gap;
    }

    private void Rest()
    {
        Instant next = NextDeadline();
        clock.Rest(next == Instant.Never ? next : next + _stoodStill);
    }

    /// <summary>Runs what is ready and what that makes ready (a value passes through one continuation for each async
    /// method on its way), but only so many, so that a continuation that always posts another one cannot keep the
    /// network from being polled.</summary>
    private bool RunReady()
    {
        int count = 0;
        // A callback may enter the pump again and find the queue empty for us.
        while (count < ContinuationsPerTurnMax && _ready.TryDequeue(out var ready))
        {
            ready.Callback(ready.State);
            count++;
        }
        return count > 0;
    }

    private bool FireTimers()
    {
        bool fired = false;
        while (_timers.Count > 0 && _timers[^1].DueAt <= Now)
        {
            PumpTimer timer = _timers[^1];
            _timers.RemoveAt(_timers.Count - 1);
            timer.Fire();
            fired = true;
        }
        return fired;
    }

    private Instant NextDeadline()
    {
        Instant next = _timers.Count > 0 ? _timers[^1].DueAt : Instant.Never;
        for (int i = 0; i < _polled.Count; i++) next = Instant.Earlier(next, _polled[i].NextDeadline);
        return next;
    }
}
