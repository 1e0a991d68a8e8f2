using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace System.Threading.Tasks;

/// <summary>A value that is there already, or a task, or a reusable source: awaited once, without garbage in the first
/// and last case.</summary>
[AsyncMethodBuilder(typeof(AsyncValueTaskMethodBuilder<>))]
public readonly struct ValueTask<TResult> : IEquatable<ValueTask<TResult>>
{
    private readonly object? _work;    // null, Task<TResult> or IValueTaskSource<TResult>
    private readonly TResult? _result;
    private readonly short _token;

    public ValueTask(TResult result) => _result = result;

    public ValueTask(Task<TResult> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        _work = task;
    }

    public ValueTask(IValueTaskSource<TResult> source, short token)
    {
        ArgumentNullException.ThrowIfNull(source);
        _work = source;
        _token = token;
    }

    public bool IsCompleted => Status != ValueTaskSourceStatus.Pending;

    public bool IsCompletedSuccessfully => Status == ValueTaskSourceStatus.Succeeded;

    public bool IsFaulted => Status == ValueTaskSourceStatus.Faulted;

    public bool IsCanceled => Status == ValueTaskSourceStatus.Canceled;

    public TResult Result => GetResult();

    private ValueTaskSourceStatus Status => _work switch
    {
        null => ValueTaskSourceStatus.Succeeded,
        Task task => SourceCompletion.StatusOf(task),
        _ => ((IValueTaskSource<TResult>)_work).GetStatus(_token),
    };

    public static bool operator ==(ValueTask<TResult> left, ValueTask<TResult> right) => left.Equals(right);

    public static bool operator !=(ValueTask<TResult> left, ValueTask<TResult> right) => !left.Equals(right);

    public Task<TResult> AsTask()
    {
        if (_work is null) return Task.FromResult(_result!);
        if (_work is Task<TResult> task) return task;
        var source = (IValueTaskSource<TResult>)_work;
        short token = _token;
        var result = new Task<TResult>();
        SourceCompletion.Bind(result, source.GetStatus(token), (run, state) =>
            source.OnCompleted(run, state, token, ValueTaskSourceOnCompletedFlags.None),
            () => source.GetResult(token));
        return result;
    }

    public ValueTask<TResult> Preserve() => _work is null ? this : new ValueTask<TResult>(AsTask());

    public ValueTaskAwaiter<TResult> GetAwaiter() => new(this);

    public ConfiguredValueTaskAwaitable<TResult> ConfigureAwait(bool continueOnCapturedContext) =>
        new(this, continueOnCapturedContext);

    public bool Equals(ValueTask<TResult> other) => _work == other._work && _token == other._token
        && Collections.Generic.EqualityComparer<TResult>.Default.Equals(_result, other._result);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ValueTask<TResult> other && Equals(other);

    public override int GetHashCode() => _work?.GetHashCode() ?? _result?.GetHashCode() ?? 0;

    public override string? ToString() => IsCompletedSuccessfully ? Result?.ToString() : "";

    internal TResult GetResult()
    {
        if (_work is null) return _result!;
        if (_work is not Task<TResult> task) return ((IValueTaskSource<TResult>)_work).GetResult(_token);
        task.ThrowUnlessSuccessful();
        return task.Outcome;
    }

    internal void OnCompleted(Action continuation, bool onContext)
    {
        if (_work is IValueTaskSource<TResult> source)
            source.OnCompleted(SourceCompletion.CallAction, continuation, _token, SourceCompletion.Flags(onContext));
        else
            (_work as Task ?? Task.CompletedTask).AddContinuation(continuation,
                onContext ? SynchronizationContext.Capturable : null);
    }
}
