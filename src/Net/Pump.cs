using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Net;

/// <summary>The one loop that waits: it polls the network and the keys, fires due timers and runs the continuations of
/// async methods, all on one thread. The script and the firmware's callbacks enter it through <see
/// cref="RunUntil"/>.</summary>
/// <remarks>It is the synchronisation context of everything it runs, so an <c>await</c> always comes back on its queue,
/// never on the stack of whoever completed the task.</remarks>
public sealed class Pump(IClock clock) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly List<IPolled> _polled = [];
    private readonly List<PumpTimer> _timers = [];   // by time, the next one last

    /// <summary>The time as of this turn.</summary>
    public Instant Now { get; private set; } = clock.Now;

    /// <summary>Polls <paramref name="polled"/> on every turn from now on.</summary>
    public void Add(IPolled polled) => _polled.Add(polled);

    /// <summary>Stops polling it.</summary>
    public void Remove(IPolled polled) => _polled.Remove(polled);

    /// <summary>Runs until <paramref name="task"/> has completed, and throws what it threw. May be entered again from
    /// inside a callback.</summary>
    public void RunUntil(Task task)
    {
        SynchronizationContext? outer = Current;
        SetSynchronizationContext(this);
        try
        {
            while (!task.IsCompleted) Turn();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
        task.GetAwaiter().GetResult();
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
        var timer = new PumpTimer(this, clock.Now + length, action);
        int index = _timers.Count;
        while (index > 0 && _timers[index - 1].DueAt <= timer.DueAt) index--;
        _timers.Insert(index, timer);
        return timer;
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => _ready.Enqueue((d, state));

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    internal void Forget(PumpTimer timer) => _timers.Remove(timer);

    private TTask Start<TTask>(Func<TTask> work) where TTask : Task
    {
        SynchronizationContext? outer = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    private void Turn()
    {
        Now = clock.Now;
        bool active = RunReady();
        active |= FireTimers();
        for (int i = 0; i < _polled.Count; i++) active |= _polled[i].Poll(Now);
        if (!active && _ready.Count == 0) clock.Rest(NextDeadline());
    }

    /// <summary>Runs what was ready at the start of the turn, so that a continuation that always posts another one
    /// cannot keep the network from being polled.</summary>
    private bool RunReady()
    {
        int count = _ready.Count;
        for (int i = 0; i < count; i++)
        {
            (SendOrPostCallback callback, object? state) = _ready.Dequeue();
            callback(state);
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
