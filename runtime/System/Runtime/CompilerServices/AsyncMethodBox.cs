using System.Threading;
using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>An async method that has suspended: its task, its state and its next step in one object.</summary>
internal sealed class AsyncMethodBox<TResult, TStateMachine> : Task<TResult> where TStateMachine : IAsyncStateMachine
{
    public TStateMachine? StateMachine;

    internal override void TakeStep() => StateMachine!.MoveNext();
}

/// <summary>What all builders of async methods do.</summary>
internal static class AsyncMethod
{
    /// <summary>Runs up to the first await. Whatever context the method sets is undone for its caller.</summary>
    public static void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine
    {
        // What the method throws goes into its task, so this needs no finally.
        SynchronizationContext? context = SynchronizationContext.Current;
        stateMachine.MoveNext();
        SynchronizationContext.SetSynchronizationContext(context);
    }

    /// <summary>The next step of the box behind <paramref name="task"/>, which is made at the first suspension. The
    /// builder's field is set before the state machine, which contains the builder, is copied into the box: both must
    /// know their task.</summary>
    public static Action Step<TResult, TStateMachine>(ref Task<TResult>? task, ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        if (task is null)
        {
            var box = new AsyncMethodBox<TResult, TStateMachine>();
            task = box;
            box.StateMachine = stateMachine;
        }
        return task.Step;
    }

    // A call where the compiler would put a copy into every async method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Succeed<TResult>(ref Task<TResult>? task, TResult result)
    {
        task ??= new Task<TResult>();
        TaskCompletionSource.Check(task.TrySetResult(result));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fail(Task task, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        bool done = exception is OperationCanceledException cancellation
            ? task.TrySetCancelled(cancellation.CancellationToken, cancellation)
            : task.TrySetFailed(exception);
        TaskCompletionSource.Check(done);
    }
}
