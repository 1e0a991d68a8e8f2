using System.Collections.Generic;

namespace System.Threading.Tasks;

public partial class Task
{
    public static Task WhenAll(params Task[] tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        return WhenAll((ReadOnlySpan<Task>)tasks);
    }

    public static Task WhenAll(IEnumerable<Task> tasks) => WhenAll((ReadOnlySpan<Task>)new List<Task>(tasks).ToArray());

    /// <summary>Completes with the last of them; fails with everything that failed, else is cancelled if one
    /// was.</summary>
    public static Task WhenAll(params ReadOnlySpan<Task> tasks)
    {
        if (tasks.IsEmpty) return CompletedTask;
        Task[] all = tasks.ToArray();
        var together = new Task<VoidResult>();
        WhenAllDone(all, () => Gather(together, all, static () => default));
        return together;
    }

    public static Task<TResult[]> WhenAll<TResult>(params Task<TResult>[] tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        return WhenAll((ReadOnlySpan<Task<TResult>>)tasks);
    }

    public static Task<TResult[]> WhenAll<TResult>(IEnumerable<Task<TResult>> tasks) =>
        WhenAll((ReadOnlySpan<Task<TResult>>)new List<Task<TResult>>(tasks).ToArray());

    public static Task<TResult[]> WhenAll<TResult>(params ReadOnlySpan<Task<TResult>> tasks)
    {
        if (tasks.IsEmpty) return FromResult<TResult[]>([]);
        Task<TResult>[] all = tasks.ToArray();
        var together = new Task<TResult[]>();
        WhenAllDone(all, () => Gather(together, all, () => Results(all)));
        return together;
    }

    public static Task<Task> WhenAny(params Task[] tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        return WhenAny((ReadOnlySpan<Task>)tasks);
    }

    public static Task<Task> WhenAny(IEnumerable<Task> tasks) =>
        WhenAny((ReadOnlySpan<Task>)new List<Task>(tasks).ToArray());

    public static Task<Task> WhenAny(Task task1, Task task2) => WhenAny((ReadOnlySpan<Task>)[task1, task2]);

    /// <summary>Completes, always successfully, with the first of them that does.</summary>
    public static Task<Task> WhenAny(params ReadOnlySpan<Task> tasks) => FirstOf(tasks);

    public static Task<Task<TResult>> WhenAny<TResult>(params Task<TResult>[] tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        return FirstOf<Task<TResult>>(tasks);
    }

    public static Task<Task<TResult>> WhenAny<TResult>(IEnumerable<Task<TResult>> tasks) =>
        FirstOf<Task<TResult>>(new List<Task<TResult>>(tasks).ToArray());

    public static Task<Task<TResult>> WhenAny<TResult>(Task<TResult> task1, Task<TResult> task2) =>
        FirstOf<Task<TResult>>([task1, task2]);

    private static Task<TTask> FirstOf<TTask>(ReadOnlySpan<TTask> tasks) where TTask : Task
    {
        if (tasks.IsEmpty) throw new ArgumentException("The tasks argument contains no tasks.", nameof(tasks));
        var first = new Task<TTask>();
        for (int i = 0; i < tasks.Length; i++)
        {
            TTask task = tasks[i]
                ?? throw new ArgumentException("The tasks argument included a null value.", nameof(tasks));
            if (task.IsCompleted) first.TrySetResult(task);
        }
        if (first.IsCompleted) return first;
        for (int i = 0; i < tasks.Length; i++)
        {
            TTask task = tasks[i];
            task.AddContinuation(() => first.TrySetResult(task), null);
        }
        return first;
    }

    private static void WhenAllDone(Task[] all, Action done)
    {
        int left = 1;
        foreach (Task task in all)
        {
            if (task is null) throw new ArgumentException("The tasks argument included a null value.", "tasks");
            if (task.IsCompleted) continue;
            left++;
            task.AddContinuation(OneDone, null);
        }
        OneDone();

        void OneDone()
        {
            if (--left == 0) done();
        }
    }

    private static void Gather<TResult>(Task<TResult> together, Task[] all, Func<TResult> results)
    {
        List<Exception>? failures = null;
        Task? cancelled = null;
        foreach (Task task in all)
        {
            if (task.Failures is { } its)
            {
                failures ??= [];
                failures.AddRange(its);
            }
            else if (task.IsCanceled)
            {
                cancelled ??= task;
            }
        }
        if (failures is not null) together.TrySetFailed(failures);
        else if (cancelled is not null) together.TrySetCancelled(cancelled.CancelledBy, cancelled.Cancellation);
        else together.TrySetResult(results());
    }

    private static TResult[] Results<TResult>(Task<TResult>[] all)
    {
        var results = new TResult[all.Length];
        for (int i = 0; i < all.Length; i++) results[i] = all[i].Outcome;
        return results;
    }
}
