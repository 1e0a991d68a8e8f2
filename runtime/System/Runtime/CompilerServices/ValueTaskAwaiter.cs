using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>Awaits a value task in the current context.</summary>
public readonly struct ValueTaskAwaiter : ICriticalNotifyCompletion
{
    private readonly ValueTask _task;

    internal ValueTaskAwaiter(ValueTask task) => _task = task;

    public bool IsCompleted => _task.IsCompleted;

    public void OnCompleted(Action continuation) => _task.OnCompleted(continuation, onContext: true);

    public void UnsafeOnCompleted(Action continuation) => _task.OnCompleted(continuation, onContext: true);

    public void GetResult() => _task.GetResult();
}

/// <summary>Awaits a value task with a result in the current context.</summary>
public readonly struct ValueTaskAwaiter<TResult> : ICriticalNotifyCompletion
{
    private readonly ValueTask<TResult> _task;

    internal ValueTaskAwaiter(ValueTask<TResult> task) => _task = task;

    public bool IsCompleted => _task.IsCompleted;

    public void OnCompleted(Action continuation) => _task.OnCompleted(continuation, onContext: true);

    public void UnsafeOnCompleted(Action continuation) => _task.OnCompleted(continuation, onContext: true);

    public TResult GetResult() => _task.GetResult();
}
