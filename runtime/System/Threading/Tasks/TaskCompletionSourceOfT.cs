using System.Collections.Generic;

namespace System.Threading.Tasks;

/// <summary>A task completed by hand, with a result.</summary>
public class TaskCompletionSource<TResult>
{
    public TaskCompletionSource() : this(TaskCreationOptions.None) { }

    public TaskCompletionSource(TaskCreationOptions creationOptions) => Task = new Task<TResult>(creationOptions);

    public TaskCompletionSource(object? state, TaskCreationOptions creationOptions = TaskCreationOptions.None) =>
        Task = new Task<TResult>(creationOptions, state);

    public Task<TResult> Task { get; }

    public void SetResult(TResult result) => TaskCompletionSource.Check(TrySetResult(result));

    public bool TrySetResult(TResult result) => Task.TrySetResult(result);

    public void SetException(Exception exception) => TaskCompletionSource.Check(TrySetException(exception));

    public void SetException(IEnumerable<Exception> exceptions) =>
        TaskCompletionSource.Check(TrySetException(exceptions));

    public bool TrySetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Task.TrySetFailed(exception);
    }

    public bool TrySetException(IEnumerable<Exception> exceptions) =>
        Task.TrySetFailed(new List<Exception>(exceptions));

    public void SetCanceled() => TaskCompletionSource.Check(TrySetCanceled());

    public void SetCanceled(CancellationToken cancellationToken) =>
        TaskCompletionSource.Check(TrySetCanceled(cancellationToken));

    public bool TrySetCanceled() => Task.TrySetCancelled(default);

    public bool TrySetCanceled(CancellationToken cancellationToken) => Task.TrySetCancelled(cancellationToken);
}
