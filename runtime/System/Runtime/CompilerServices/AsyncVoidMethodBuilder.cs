using System.Threading;
using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>Behind <c>async void</c>: what it throws goes to the context it was started in.</summary>
public struct AsyncVoidMethodBuilder
{
    private SynchronizationContext? _context;
    private Task<VoidResult>? _task;

    public static AsyncVoidMethodBuilder Create()
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        context?.OperationStarted();
        return new AsyncVoidMethodBuilder { _context = context };
    }

    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine =>
        AsyncMethod.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.OnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(AsyncMethod.Step(ref _task, ref stateMachine));

    public void SetResult() => _context?.OperationCompleted();

    public void SetException(Exception exception)
    {
        if (_context is null) throw exception;
        _context.Post(static thrown => throw (Exception)thrown!, exception);
        _context.OperationCompleted();
    }
}
