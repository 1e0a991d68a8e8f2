using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>Behind <c>async IAsyncEnumerable&lt;T&gt;</c>.</summary>
public struct AsyncIteratorMethodBuilder
{
    private Task<VoidResult>? _task;

    public static AsyncIteratorMethodBuilder Create() => default;

    public void MoveNext<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine =>
        AsyncMethod.Start(ref stateMachine);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.OnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void Complete() { }
}
