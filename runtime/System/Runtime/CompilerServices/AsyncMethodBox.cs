using System.Threading;
using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>An async method that has suspended: its task, its state and its next step in one object.</summary>
internal sealed class AsyncMethodBox<TResult, TStateMachine> : Task<TResult> where TStateMachine : IAsyncStateMachine
{
    public TStateMachine? StateMachine;
    public readonly Action Step;

    public AsyncMethodBox() => Step = MoveNext;

    private void MoveNext() => StateMachine!.MoveNext();
}

/// <summary>What all builders of async methods do.</summary>
internal static class AsyncMethod
{
    /// <summary>Runs up to the first await. Whatever context the method sets is undone for its caller.</summary>
    public static void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        try
        {
            stateMachine.MoveNext();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>The box behind <paramref name="task"/>, made at the first suspension. The builder's field is set before
    /// the state machine, which contains the builder, is copied into the box: both must know their task.</summary>
    public static AsyncMethodBox<TResult, TStateMachine> Box<TResult, TStateMachine>(
        ref Task<TResult>? task, ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        if (task is AsyncMethodBox<TResult, TStateMachine> known) return known;
        var box = new AsyncMethodBox<TResult, TStateMachine>();
        task = box;
        box.StateMachine = stateMachine;
        return box;
    }

    public static void Fail<TResult>(ref Task<TResult>? task, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        task ??= new Task<TResult>();
        bool done = exception is OperationCanceledException cancellation
            ? task.TrySetCancelled(cancellation.CancellationToken, cancellation)
            : task.TrySetFailed(exception);
        TaskCompletionSource.Check(done);
    }
}
