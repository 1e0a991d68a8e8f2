using System.Runtime.ExceptionServices;

namespace System.Threading.Tasks.Sources;

/// <summary>The inside of a reusable source: one result, one waiter, then <see cref="Reset"/>.</summary>
public struct ManualResetValueTaskSourceCore<TResult>
{
    private Action<object?>? _continuation;
    private object? _state;
    private SynchronizationContext? _context;
    private Exception? _failure;
    private TResult? _result;
    private short _version;
    private bool _completed;

    public bool RunContinuationsAsynchronously { get; set; }

    public readonly short Version => _version;

    public void Reset()
    {
        _version++;
        _continuation = null;
        _state = null;
        _context = null;
        _failure = null;
        _result = default;
        _completed = false;
    }

    public void SetResult(TResult result)
    {
        _result = result;
        Complete();
    }

    public void SetException(Exception error)
    {
        _failure = error;
        Complete();
    }

    public readonly ValueTaskSourceStatus GetStatus(short token)
    {
        Check(token);
        if (!_completed) return ValueTaskSourceStatus.Pending;
        return _failure is null ? ValueTaskSourceStatus.Succeeded
            : _failure is OperationCanceledException ? ValueTaskSourceStatus.Canceled
            : ValueTaskSourceStatus.Faulted;
    }

    public readonly TResult GetResult(short token)
    {
        if (token != _version || !_completed || _failure is not null) ThrowForResult(token);
        return _result!;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token,
        ValueTaskSourceOnCompletedFlags flags)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        Check(token);
        if (_continuation is not null) throw new InvalidOperationException("The source already has a waiter.");
        _continuation = continuation;
        _state = state;
        _context = (flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0
            ? SynchronizationContext.Capturable : null;
        if (_completed) Continue();
    }

    private void Complete()
    {
        if (_completed) throw new InvalidOperationException("The source has already been completed.");
        _completed = true;
        if (_continuation is not null) Continue();
    }

    private readonly void Continue()
    {
        Action<object?> continuation = _continuation!;
        if (_context is null) continuation(_state);
        else if (continuation == (object)SourceCompletion.CallAction) _context.Post(TaskContinuation.CallAction,
            _state);
        else _context.Post(new SendOrPostCallback(continuation), _state);
    }

    private readonly void Check(short token)
    {
        if (token != _version) throw new InvalidOperationException("The value task has been used before.");
    }

    private readonly void ThrowForResult(short token)
    {
        Check(token);
        if (!_completed) throw new InvalidOperationException("The source has not completed.");
        ExceptionDispatchInfo.Throw(_failure!);
    }
}
