using System;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>One wait after the other on the same object, so that waiting allocates nothing. Whoever waits is always
/// continued from the Pump's queue, never on the stack of the code that ended the wait. The network stack looks at each
/// turn whether it has been cancelled: every cancellation comes out of a turn of the Pump.</summary>
public sealed class PendingOperation<T>(Pump pump) : IValueTaskSource<T>, IValueTaskSource
{
    private static readonly SendOrPostCallback Continue = state => ((PendingOperation<T>)state!).RunContinuation();

    private Action<object?>? _continuation;
    private object? _continuationState;
    private CancellationToken _stop;
    private Exception? _failure;
    private T? _result;
    private short _version;

    /// <summary>Somebody waits.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Nobody has yet to be told how the last wait ended: the next may begin.</summary>
    public bool IsTaken { get; private set; } = true;

    /// <summary>Begins a wait. Only one at a time.</summary>
    public ValueTask<T> Start(CancellationToken stop)
    {
        Begin(stop);
        return new ValueTask<T>(this, _version);
    }

    /// <summary>Begins a wait whose result nobody looks at.</summary>
    public ValueTask StartPlain(CancellationToken stop)
    {
        Begin(stop);
        return new ValueTask(this, _version);
    }

    /// <summary>Ends the wait.</summary>
    public void Complete(T result)
    {
        Check.That(IsPending);
        _result = result;
        End();
    }

    /// <summary>Ends the wait with a failure.</summary>
    public void Fail(Exception failure)
    {
        Check.That(IsPending);
        _failure = failure;
        End();
    }

    /// <summary>Ends the wait if its caller has cancelled it. True if it did.</summary>
    public bool CancelIfAsked()
    {
        if (!IsPending || !_stop.IsCancellationRequested) return false;
        Fail(new OperationCanceledException(_stop));
        return true;
    }

    T IValueTaskSource<T>.GetResult(short token) => Take(token);
    void IValueTaskSource.GetResult(short token) => Take(token);
    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => Status(token);
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => Status(token);

    void IValueTaskSource<T>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        SetContinuation(continuation, state, token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        SetContinuation(continuation, state, token);

    private void Begin(CancellationToken stop)
    {
        Check.That(!IsPending && _continuation is null);
        _version++;
        _stop = stop;
        _failure = null;
        IsPending = true;
        IsTaken = false;
    }

    private void End()
    {
        IsPending = false;
        _stop = default;
        if (_continuation is not null) pump.Post(Continue, this);
    }

    private T Take(short token)
    {
        Check.That(token == _version && !IsPending);
        IsTaken = true;
        if (_failure is null) return _result!;
        throw _failure;
    }

    private ValueTaskSourceStatus Status(short token)
    {
        Check.That(token == _version);
        if (IsPending) return ValueTaskSourceStatus.Pending;
        if (_failure is null) return ValueTaskSourceStatus.Succeeded;
        return _failure is OperationCanceledException ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted;
    }

    private void SetContinuation(Action<object?> continuation, object? state, short token)
    {
        Check.That(token == _version && _continuation is null);
        (_continuation, _continuationState) = (continuation, state);
        if (!IsPending) pump.Post(Continue, this);
    }

    private void RunContinuation()
    {
        Action<object?>? continuation = _continuation;
        object? state = _continuationState;
        (_continuation, _continuationState) = (null, null);
        continuation?.Invoke(state);
    }
}
