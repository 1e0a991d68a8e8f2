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
        awaiter.OnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void SetResult() => AsyncMethod.Succeed(ref _task, default);

    public void SetException(Exception exception) => AsyncMethod.Fail(_task ??= new Task<VoidResult>(), exception);
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
        awaiter.OnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void SetResult(TResult result) => AsyncMethod.Succeed(ref _task, result);

    public void SetException(Exception exception) => AsyncMethod.Fail(_task ??= new Task<TResult>(), exception);
}
