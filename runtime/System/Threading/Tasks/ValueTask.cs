using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace System.Threading.Tasks;

/// <summary>Done already, or a task, or a reusable source: awaited once, without garbage in the first and last
/// case.</summary>
[AsyncMethodBuilder(typeof(AsyncValueTaskMethodBuilder))]
public readonly struct ValueTask : IEquatable<ValueTask>
{
    private readonly object? _work;    // null, Task or IValueTaskSource
    private readonly short _token;

    public ValueTask(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        _work = task;
    }

    public ValueTask(IValueTaskSource source, short token)
    {
        ArgumentNullException.ThrowIfNull(source);
        _work = source;
        _token = token;
    }

    public static ValueTask CompletedTask => default;

    public bool IsCompleted => Status != ValueTaskSourceStatus.Pending;

    public bool IsCompletedSuccessfully => Status == ValueTaskSourceStatus.Succeeded;

    public bool IsFaulted => Status == ValueTaskSourceStatus.Faulted;

    public bool IsCanceled => Status == ValueTaskSourceStatus.Canceled;

    private ValueTaskSourceStatus Status => _work switch
    {
        null => ValueTaskSourceStatus.Succeeded,
        Task task => SourceCompletion.StatusOf(task),
        _ => ((IValueTaskSource)_work).GetStatus(_token),
    };

    public static bool operator ==(ValueTask left, ValueTask right) => left.Equals(right);

    public static bool operator !=(ValueTask left, ValueTask right) => !left.Equals(right);

    public static ValueTask<TResult> FromResult<TResult>(TResult result) => new(result);

    public static ValueTask FromException(Exception exception) => new(Task.FromException(exception));

    public static ValueTask<TResult> FromException<TResult>(Exception exception) =>
        new(Task.FromException<TResult>(exception));

    public static ValueTask FromCanceled(CancellationToken cancellationToken) =>
        new(Task.FromCanceled(cancellationToken));

    public static ValueTask<TResult> FromCanceled<TResult>(CancellationToken cancellationToken) =>
        new(Task.FromCanceled<TResult>(cancellationToken));

    public Task AsTask()
    {
        if (_work is null) return Task.CompletedTask;
        if (_work is Task task) return task;
        var source = (IValueTaskSource)_work;
        short token = _token;
        var result = new Task<VoidResult>();
        SourceCompletion.Bind(result, source.GetStatus(token), (run, state) =>
            source.OnCompleted(run, state, token, ValueTaskSourceOnCompletedFlags.None), () =>
        {
            source.GetResult(token);
            return default;
        });
        return result;
    }

    public ValueTask Preserve() => _work is null ? this : new ValueTask(AsTask());

    public ValueTaskAwaiter GetAwaiter() => new(this);

    public ConfiguredValueTaskAwaitable ConfigureAwait(bool continueOnCapturedContext) =>
        new(this, continueOnCapturedContext);

    public bool Equals(ValueTask other) => _work == other._work && _token == other._token;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ValueTask other && Equals(other);

    public override int GetHashCode() => _work?.GetHashCode() ?? 0;

    internal void GetResult()
    {
        if (_work is null) return;
        if (_work is Task task) task.ThrowUnlessSuccessful();
        else ((IValueTaskSource)_work).GetResult(_token);
    }

    internal void OnCompleted(Action continuation, bool onContext)
    {
        if (_work is IValueTaskSource source)
            source.OnCompleted(SourceCompletion.CallAction, continuation, _token, SourceCompletion.Flags(onContext));
        else
            (_work as Task ?? Task.CompletedTask).AddContinuation(continuation,
                onContext ? SynchronizationContext.Capturable : null);
    }
}
