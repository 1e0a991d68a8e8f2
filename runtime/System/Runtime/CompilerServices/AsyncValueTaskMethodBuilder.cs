using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>Behind <c>async ValueTask</c>: a method that never suspends allocates nothing.</summary>
public struct AsyncValueTaskMethodBuilder
{
    private Task<VoidResult>? _task;
    private bool _doneAtOnce;

    public ValueTask Task => _doneAtOnce ? default : new ValueTask(_task ??= new Task<VoidResult>());

    public static AsyncValueTaskMethodBuilder Create() => default;

    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine =>
        AsyncMethod.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.OnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void SetResult()
    {
        if (_task is null) _doneAtOnce = true;
        else AsyncMethod.Succeed(ref _task, default);
    }

    public void SetException(Exception exception) => AsyncMethod.Fail(_task ??= new Task<VoidResult>(), exception);
}

/// <summary>Behind <c>async ValueTask&lt;T&gt;</c>: a method that never suspends allocates nothing.</summary>
public struct AsyncValueTaskMethodBuilder<TResult>
{
    private Task<TResult>? _task;
    private TResult? _result;
    private bool _doneAtOnce;

    public ValueTask<TResult> Task =>
        _doneAtOnce ? new ValueTask<TResult>(_result!) : new ValueTask<TResult>(_task ??= new Task<TResult>());

    public static AsyncValueTaskMethodBuilder<TResult> Create() => default;

    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine =>
        AsyncMethod.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.OnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void SetResult(TResult result)
    {
        if (_task is null)
        {
            _result = result;
            _doneAtOnce = true;
            return;
        }
        AsyncMethod.Succeed(ref _task, result);
    }

    public void SetException(Exception exception) => AsyncMethod.Fail(_task ??= new Task<TResult>(), exception);
}
