using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>Behind an <c>async ValueTask</c> that asks for it with <c>[AsyncMethodBuilder]</c>: suspended or not, it
/// allocates nothing in steady state. The value task may be awaited once.</summary>
public struct PoolingAsyncValueTaskMethodBuilder
{
    private PooledAsyncBox<VoidResult>? _box;

    public ValueTask Task => _box is null ? default : new ValueTask(_box, _box.Version);

    public static PoolingAsyncValueTaskMethodBuilder Create() => default;

    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine =>
        AsyncMethod.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.OnCompleted(PooledAsyncMethod.Step(ref _box, ref stateMachine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(PooledAsyncMethod.Step(ref _box, ref stateMachine));

    public void SetResult() => _box?.SetResult(default);

    public void SetException(Exception exception) => PooledAsyncMethod.Fail(ref _box, exception);
}

/// <summary>Behind an <c>async ValueTask&lt;T&gt;</c> that asks for it with <c>[AsyncMethodBuilder]</c>: suspended or
/// not, it allocates nothing in steady state. The value task may be awaited once.</summary>
public struct PoolingAsyncValueTaskMethodBuilder<TResult>
{
    private PooledAsyncBox<TResult>? _box;
    private TResult? _result;

    public ValueTask<TResult> Task =>
        _box is null ? new ValueTask<TResult>(_result!) : new ValueTask<TResult>(_box, _box.Version);

    public static PoolingAsyncValueTaskMethodBuilder<TResult> Create() => default;

    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine =>
        AsyncMethod.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.OnCompleted(PooledAsyncMethod.Step(ref _box, ref stateMachine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(PooledAsyncMethod.Step(ref _box, ref stateMachine));

    public void SetResult(TResult result)
    {
        if (_box is null) _result = result;
        else _box.SetResult(result);
    }

    public void SetException(Exception exception) => PooledAsyncMethod.Fail(ref _box, exception);
}
