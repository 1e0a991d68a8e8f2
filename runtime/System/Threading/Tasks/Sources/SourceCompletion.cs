namespace System.Threading.Tasks.Sources;

/// <summary>What value tasks and their sources share.</summary>
internal static class SourceCompletion
{
    /// <summary>The continuation every await of a source passes; its state is the method's step.</summary>
    public static readonly Action<object?> CallAction = action => ((Action)action!)();

    public static ValueTaskSourceOnCompletedFlags Flags(bool onContext) => onContext
        ? ValueTaskSourceOnCompletedFlags.UseSchedulingContext
        : ValueTaskSourceOnCompletedFlags.None;

    public static ValueTaskSourceStatus StatusOf(Task task) => task.Status switch
    {
        TaskStatus.RanToCompletion => ValueTaskSourceStatus.Succeeded,
        TaskStatus.Faulted => ValueTaskSourceStatus.Faulted,
        TaskStatus.Canceled => ValueTaskSourceStatus.Canceled,
        _ => ValueTaskSourceStatus.Pending,
    };

    /// <summary>Lets <paramref name="task"/> end as a source does.</summary>
    public static void Bind<TResult>(Task<TResult> task, ValueTaskSourceStatus status, Action<Action<object?>,
        object?> onCompleted, Func<TResult> getResult)
    {
        if (status == ValueTaskSourceStatus.Pending) onCompleted(_ => Finish(task, getResult), null);
        else Finish(task, getResult);
    }

    private static void Finish<TResult>(Task<TResult> task, Func<TResult> getResult)
    {
        try
        {
            task.TrySetResult(getResult());
        }
        catch (OperationCanceledException cancellation)
        {
            task.TrySetCancelled(cancellation.CancellationToken, cancellation);
        }
        catch (Exception failure)
        {
            task.TrySetFailed(failure);
        }
    }
}
