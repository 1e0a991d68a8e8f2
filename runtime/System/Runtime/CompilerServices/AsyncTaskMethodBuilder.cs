using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>Behind <c>async Task</c>.</summary>
public struct AsyncTaskMethodBuilder
{
    private Task<VoidResult>? _task;

    public Task Task => _task ??= new Task<VoidResult>();

    public static AsyncTaskMethodBuilder Create() => default;

    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine =>
        AsyncMethod.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.OnCompleted(AsyncMethod.Box(ref _task, ref stateMachine).Step);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(AsyncMethod.Box(ref _task, ref stateMachine).Step);

    public void SetResult()
    {
        _task ??= new Task<VoidResult>();
        TaskCompletionSource.Check(_task.TrySetResult(default));
    }

    public void SetException(Exception exception) => AsyncMethod.Fail(ref _task, exception);
}

/// <summary>Behind <c>async Task&lt;T&gt;</c>.</summary>
public struct AsyncTaskMethodBuilder<TResult>
{
    private Task<TResult>? _task;

    public Task<TResult> Task => _task ??= new Task<TResult>();

    public static AsyncTaskMethodBuilder<TResult> Create() => default;

    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine =>
        AsyncMethod.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.OnCompleted(AsyncMethod.Box(ref _task, ref stateMachine).Step);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(AsyncMethod.Box(ref _task, ref stateMachine).Step);

    public void SetResult(TResult result)
    {
        _task ??= new Task<TResult>();
        TaskCompletionSource.Check(_task.TrySetResult(result));
    }

    public void SetException(Exception exception) => AsyncMethod.Fail(ref _task, exception);
}
