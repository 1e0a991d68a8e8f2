using System.Collections.Generic;

namespace System.Threading.Tasks;

/// <summary>A task completed by hand.</summary>
public class TaskCompletionSource
{
    private readonly Task<VoidResult> _task;

    public TaskCompletionSource() : this(TaskCreationOptions.None) { }

    public TaskCompletionSource(TaskCreationOptions creationOptions) => _task = new Task<VoidResult>(creationOptions);

    public TaskCompletionSource(object? state, TaskCreationOptions creationOptions = TaskCreationOptions.None) =>
        _task = new Task<VoidResult>(creationOptions, state);

    public Task Task => _task;

    public void SetResult() => Check(TrySetResult());

    public bool TrySetResult() => _task.TrySetResult(default);

    public void SetException(Exception exception) => Check(TrySetException(exception));

    public void SetException(IEnumerable<Exception> exceptions) => Check(TrySetException(exceptions));

    public bool TrySetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return _task.TrySetFailed(exception);
    }

    public bool TrySetException(IEnumerable<Exception> exceptions) =>
        _task.TrySetFailed(new List<Exception>(exceptions));

    public void SetCanceled() => Check(TrySetCanceled());

    public void SetCanceled(CancellationToken cancellationToken) => Check(TrySetCanceled(cancellationToken));

    public bool TrySetCanceled() => _task.TrySetCancelled(default);

    public bool TrySetCanceled(CancellationToken cancellationToken) => _task.TrySetCancelled(cancellationToken);

    public void SetFromTask(Task completedTask) => Check(TrySetFromTask(completedTask));

    public bool TrySetFromTask(Task completedTask)
    {
        if (!completedTask.IsCompleted) throw new ArgumentException("The task has not completed.",
            nameof(completedTask));
        return _task.TrySetFrom(completedTask);
    }

    internal static void Check(bool done)
    {
        if (!done)
            throw new InvalidOperationException("The task had already completed.");
    }
}
