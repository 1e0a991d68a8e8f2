using System.Runtime.CompilerServices;

namespace System.Threading.Tasks;

public partial class Task
{
    public static Task CompletedTask { get; } = Done();

    public static Task<TResult> FromResult<TResult>(TResult result)
    {
        var task = new Task<TResult>();
        task.TrySetResult(result);
        return task;
    }

    public static Task FromException(Exception exception) => FromException<VoidResult>(exception);

    public static Task<TResult> FromException<TResult>(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var task = new Task<TResult>();
        task.TrySetFailed(exception);
        return task;
    }

    public static Task FromCanceled(CancellationToken cancellationToken) => FromCanceled<VoidResult>(cancellationToken);

    public static Task<TResult> FromCanceled<TResult>(CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
            throw new ArgumentOutOfRangeException(nameof(cancellationToken));
        var task = new Task<TResult>();
        task.TrySetCancelled(cancellationToken);
        return task;
    }

    public static YieldAwaitable Yield() => default;

    /// <summary>This task, given up when <paramref name="cancellationToken"/> says so.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        if (IsCompleted || !cancellationToken.CanBeCanceled) return this;
        var either = new Task<VoidResult>();
        CancellationTokenRegistration registration = cancellationToken.Register(() =>
            either.TrySetCancelled(cancellationToken));
        AddContinuation(() =>
        {
            registration.Dispose();
            either.TrySetFrom(this);
        }, null);
        return either;
    }

    private static Task Done()
    {
        var task = new Task();
        task.TrySetCompleted();
        return task;
    }
}

/// <summary>The result of a task that has none.</summary>
internal struct VoidResult;
