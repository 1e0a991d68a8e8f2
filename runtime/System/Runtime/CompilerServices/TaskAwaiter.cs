using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>Awaits a task in the current context.</summary>
public readonly struct TaskAwaiter : ICriticalNotifyCompletion
{
    private readonly Task _task;

    internal TaskAwaiter(Task task) => _task = task;

    public bool IsCompleted => _task.IsCompleted;

    public void OnCompleted(Action continuation) => _task.AddContinuation(continuation);

    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

    public void GetResult() => _task.ThrowUnlessSuccessful();
}

/// <summary>Awaits a task with a result in the current context.</summary>
public readonly struct TaskAwaiter<TResult> : ICriticalNotifyCompletion
{
    private readonly Task<TResult> _task;

    internal TaskAwaiter(Task<TResult> task) => _task = task;

    public bool IsCompleted => _task.IsCompleted;

    public void OnCompleted(Action continuation) => _task.AddContinuation(continuation);

    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

    public TResult GetResult()
    {
        _task.ThrowUnlessSuccessful();
        return _task.Outcome;
    }
}
