namespace System.Threading.Tasks;

/// <summary>An awaited task was called off.</summary>
public class TaskCanceledException : OperationCanceledException
{
    private const string Text = "A task was canceled.";

    public TaskCanceledException() : base(Text) { }

    public TaskCanceledException(string? message) : base(message) { }

    public TaskCanceledException(string? message, Exception? innerException) : base(message, innerException) { }

    public TaskCanceledException(string? message, Exception? innerException, CancellationToken token)
        : base(message, innerException, token) { }

    public TaskCanceledException(Task? task) : base(Text, task?.CancelledBy ?? default) => Task = task;

    public Task? Task { get; }
}
