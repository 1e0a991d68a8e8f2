using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.RuntimeChecks;

/// <summary>The smallest context that async methods can come back to: a queue.</summary>
internal sealed class Loop : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();

    /// <summary>How many times something was posted.</summary>
    public int Posts { get; private set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        Posts++;
        _ready.Enqueue((d, state));
    }

    /// <summary>Runs what is queued until nothing is.</summary>
    public void Drain()
    {
        while (_ready.TryDequeue(out (SendOrPostCallback Callback, object? State) next)) next.Callback(next.State);
    }

    /// <summary>Runs <paramref name="body"/> in a loop of its own to its end and throws what it throws.</summary>
    public static void Run(Func<Loop, Task> body)
    {
        var loop = new Loop();
        SynchronizationContext? outer = Current;
        SetSynchronizationContext(loop);
        try
        {
            Task task = body(loop);
            loop.Drain();
            Expect.That(task.IsCompleted, "the method came to its end");
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
