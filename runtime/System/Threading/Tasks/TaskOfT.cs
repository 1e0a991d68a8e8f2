using System.Runtime.CompilerServices;

namespace System.Threading.Tasks;

/// <summary>A value that will be there, or has failed to come, or was called off.</summary>
public class Task<TResult> : Task
{
    private TResult? _result;

    internal Task() { }

    internal Task(TaskCreationOptions options, object? state = null) : base(options, state) { }

    /// <summary>Only of a completed task, as <see cref="Task.Wait()"/>.</summary>
    public TResult Result
    {
        get
        {
            Wait();
            return _result!;
        }
    }

    /// <summary>The result of a task known to have succeeded.</summary>
    internal TResult Outcome => _result!;

    public new TaskAwaiter<TResult> GetAwaiter() => new(this);

    public new ConfiguredTaskAwaitable<TResult> ConfigureAwait(bool continueOnCapturedContext) =>
        new(this, continueOnCapturedContext);

    public new Task<TResult> WaitAsync(CancellationToken cancellationToken)
    {
        if (IsCompleted || !cancellationToken.CanBeCanceled) return this;
        var either = new Task<TResult>();
        CancellationTokenRegistration registration = cancellationToken.Register(() =>
            either.TrySetCancelled(cancellationToken));
        AddContinuation(() =>
        {
            registration.Dispose();
            if (IsCompletedSuccessfully) either.TrySetResult(_result!);
            else either.TrySetFrom(this);
        }, null);
        return either;
    }

    internal bool TrySetResult(TResult result)
    {
        if (IsCompleted) return false;
        _result = result;
        Finish(TaskStatus.RanToCompletion);
        return true;
    }
}
