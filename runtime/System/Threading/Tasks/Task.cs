using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace System.Threading.Tasks;

/// <summary>Something that will be done, or has failed, or was called off.</summary>
public partial class Task : IDisposable
{
    private readonly bool _postsContinuations;
    private TaskStatus _status = TaskStatus.WaitingForActivation;
    private List<Exception>? _failures;
    private AggregateException? _aggregate;
    private OperationCanceledException? _cancellation;   // as thrown by the async method, if it was one
    private Action? _step;
    private TaskContinuation? _first;
    private TaskContinuation? _last;

    internal Task() { }

    internal Task(TaskCreationOptions options, object? state = null)
    {
        _postsContinuations = (options & TaskCreationOptions.RunContinuationsAsynchronously) != 0;
        CreationOptions = options;
        AsyncState = state;
    }

    public TaskCreationOptions CreationOptions { get; }

    public object? AsyncState { get; }

    public TaskStatus Status => _status;

    public bool IsCompleted => _status >= TaskStatus.RanToCompletion;

    public bool IsCompletedSuccessfully => _status == TaskStatus.RanToCompletion;

    public bool IsCanceled => _status == TaskStatus.Canceled;

    public bool IsFaulted => _status == TaskStatus.Faulted;

    public AggregateException? Exception =>
        _failures is null ? null : _aggregate ??= new AggregateException(_failures);

    internal CancellationToken CancelledBy { get; private set; }

    internal List<Exception>? Failures => _failures;

    internal OperationCanceledException? Cancellation => _cancellation;

    public TaskAwaiter GetAwaiter() => new(this);

    public ConfiguredTaskAwaitable ConfigureAwait(bool continueOnCapturedContext) =>
        new(this, continueOnCapturedContext ? ConfigureAwaitOptions.ContinueOnCapturedContext
            : ConfigureAwaitOptions.None);

    public ConfiguredTaskAwaitable ConfigureAwait(ConfigureAwaitOptions options) => new(this, options);

    /// <summary>Only for a completed task: nothing could complete another one while its only thread waits.</summary>
    public void Wait()
    {
        ThrowIfPending();
        if (Exception is { } failure) throw failure;
        if (IsCanceled) throw new AggregateException(new TaskCanceledException(this));
    }

    public void Dispose()
    {
        if (!IsCompleted)
            throw new InvalidOperationException("A task may only be disposed if it is in a completion state.");
    }

    internal void ThrowIfPending()
    {
        if (!IsCompleted)
            throw new InvalidOperationException("The task has not completed, and waiting for it would never end.");
    }

    /// <summary>What an await does with the outcome.</summary>
    internal void ThrowUnlessSuccessful()
    {
        if (_status == TaskStatus.RanToCompletion) return;
        ThrowIfPending();
        if (_failures is not null) ExceptionDispatchInfo.Throw(_failures[0]);
        if (_cancellation is not null) ExceptionDispatchInfo.Throw(_cancellation);
        throw new TaskCanceledException(this);
    }

    /// <summary>Of a task behind an async method: its next step.</summary>
    internal Action Step => _step ??= TakeStep;

    internal virtual void TakeStep() { }

    /// <summary>Continues in the current context.</summary>
    internal void AddContinuation(Action action) => AddContinuation(action, SynchronizationContext.Capturable);

    internal void AddContinuation(Action action, SynchronizationContext? context)
    {
        var continuation = new TaskContinuation(action, context);
        if (IsCompleted)
        {
            // Asked after the fact (the awaiter's caller did not look first): never on the caller's stack if avoidable.
            continuation.Run(mayInline: false);
            return;
        }
        if (_last is null) _first = continuation;
        else _last.Next = continuation;
        _last = continuation;
    }

    internal bool TrySetCompleted()
    {
        if (IsCompleted) return false;
        Finish(TaskStatus.RanToCompletion);
        return true;
    }

    internal bool TrySetFailed(Exception failure) => TrySetFailed([failure]);

    internal bool TrySetFailed(List<Exception> failures)
    {
        if (IsCompleted) return false;
        _failures = failures;
        Finish(TaskStatus.Faulted);
        return true;
    }

    internal bool TrySetCancelled(CancellationToken token, OperationCanceledException? cancellation = null)
    {
        if (IsCompleted) return false;
        CancelledBy = token;
        _cancellation = cancellation;
        Finish(TaskStatus.Canceled);
        return true;
    }

    /// <summary>Ends as another task, one without a result, has ended.</summary>
    internal bool TrySetFrom(Task other) => other._status switch
    {
        TaskStatus.Faulted => TrySetFailed(other._failures!),
        TaskStatus.Canceled => TrySetCancelled(other.CancelledBy, other._cancellation),
        _ => TrySetCompleted(),
    };

    private protected void Finish(TaskStatus status)
    {
        _status = status;
        TaskContinuation? next = _first;
        _first = null;
        _last = null;
        while (next is not null)
        {
            TaskContinuation? after = next.Next;
            next.Run(mayInline: !_postsContinuations);
            next = after;
        }
    }
}
