using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.RuntimeChecks;

/// <summary>Tasks, completion sources, combinations.</summary>
internal static class TaskChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Tasks");
        list.Add("FromResult", () =>
            Expect.That(Task.FromResult(5) is { IsCompletedSuccessfully: true, Result: 5,
            Status: TaskStatus.RanToCompletion }));
        list.Add("FromException", () =>
        {
            Task task = Task.FromException(new FormatException("f"));
            Expect.That(task.IsFaulted && task.IsCompleted && !task.IsCompletedSuccessfully
                && task.Exception!.InnerException is FormatException);
        });
        list.Add("FromCanceled", () =>
        {
            var stop = new CancellationToken(true);
            Task task = Task.FromCanceled(stop);
            Expect.That(task.IsCanceled && !task.IsFaulted && task.Exception is null);
            Expect.Equal(stop,
                Expect.Throws<TaskCanceledException>(() => task.GetAwaiter().GetResult()).CancellationToken);
        });
        list.Add("Result of a failed task wraps", () =>
            Expect.That(Expect.Throws<AggregateException>(() =>
            GC.KeepAlive(Task.FromException<int>(new FormatException()).Result)).InnerException is FormatException));
        list.Add("GetResult of a failed task unwraps", () =>
            Expect.Throws<FormatException>(() => Task.FromException(new FormatException()).GetAwaiter().GetResult()));
        list.Add("Wait of a cancelled task wraps", () =>
            Expect.That(Expect.Throws<AggregateException>(() =>
            Task.FromCanceled(new CancellationToken(true)).Wait()).InnerException is TaskCanceledException));
        list.Add("completion source: each end once", () =>
        {
            var source = new TaskCompletionSource<int>();
            Expect.That(!source.Task.IsCompleted && source.TrySetResult(1) && !source.TrySetResult(2)
                && !source.TrySetCanceled() && !source.TrySetException(new Exception()) && source.Task.Result == 1);
            Expect.Throws<InvalidOperationException>(() => source.SetResult(3));
        });
        list.Add("completion source: SetException, SetCanceled", () =>
        {
            var failed = new TaskCompletionSource();
            failed.SetException(new FormatException());
            var cancelled = new TaskCompletionSource();
            cancelled.SetCanceled(new CancellationToken(true));
            Expect.That(failed.Task.IsFaulted && cancelled.Task.IsCanceled);
        });
        list.Add("completion source: several exceptions", () =>
        {
            var source = new TaskCompletionSource<int>();
            source.SetException([new FormatException(), new InvalidOperationException()]);
            Expect.Equal(2, source.Task.Exception!.InnerExceptions.Count);
        });
        list.Add("continuation without a context runs on the spot", () =>
        {
            var source = new TaskCompletionSource();
            int runs = 0;
            source.Task.GetAwaiter().OnCompleted(() => runs++);
            Expect.Equal(0, runs);
            source.SetResult();
            Expect.Equal(1, runs);
        });
        list.Add("continuations run in the order they came", () =>
        {
            string log = "";
            Loop.Run(loop =>
            {
                var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                for (int i = 0; i < 4; i++)
                {
                    int own = i;
                    source.Task.GetAwaiter().OnCompleted(() => log += own);
                }
                source.SetResult();
                return Task.CompletedTask;
            });
            Expect.Equal("0123", log);
        });
        list.Add("WhenAll waits for the last", () =>
        {
            TaskCompletionSource a = new(), b = new();
            Task all = Task.WhenAll(a.Task, b.Task);
            b.SetResult();
            Expect.That(!all.IsCompleted);
            a.SetResult();
            Expect.That(all.IsCompletedSuccessfully);
        });
        list.Add("WhenAll gathers results in order", () =>
        {
            TaskCompletionSource<int> a = new(), b = new();
            Task<int[]> all = Task.WhenAll(a.Task, b.Task, Task.FromResult(3));
            b.SetResult(2);
            a.SetResult(1);
            Expect.Sequence<int>([1, 2, 3], all.Result);
        });
        list.Add("WhenAll gathers failures, first one first", () =>
        {
            Task all = Task.WhenAll(Task.FromException(new FormatException()),
                Task.FromCanceled(new CancellationToken(true)), Task.FromException(new InvalidOperationException()));
            Expect.That(all.IsFaulted && all.Exception!.InnerExceptions.Count == 2);
            Expect.Throws<FormatException>(() => all.GetAwaiter().GetResult());
        });
        list.Add("WhenAll with a cancelled one is cancelled", () =>
            Expect.That(Task.WhenAll(Task.CompletedTask, Task.FromCanceled(new CancellationToken(true))).IsCanceled));
        list.Add("WhenAll of none", () => Expect.That(Task.WhenAll(new List<Task>()).IsCompletedSuccessfully
            && Task.WhenAll(Array.Empty<Task<int>>()).Result.Length == 0));
        list.Add("WhenAny gives the first", () =>
        {
            TaskCompletionSource<int> a = new(), b = new();
            Task<Task<int>> any = Task.WhenAny(a.Task, b.Task);
            Expect.That(!any.IsCompleted);
            b.SetException(new FormatException());
            a.SetResult(1);
            Expect.That(any.IsCompletedSuccessfully && ReferenceEquals(any.Result, b.Task));
        });
        list.Add("WhenAny of one already done", () =>
        {
            Task done = Task.FromResult(1);
            Expect.That(ReferenceEquals(Task.WhenAny(new TaskCompletionSource().Task, done).Result, done));
        });
        list.Add("WaitAsync: the task or the token", () =>
        {
            using var stop = new CancellationTokenSource();
            TaskCompletionSource<int> a = new(), b = new();
            Task<int> first = a.Task.WaitAsync(stop.Token), second = b.Task.WaitAsync(stop.Token);
            a.SetResult(4);
            stop.Cancel();
            b.SetResult(5);
            Expect.That(first.IsCompleted && second.IsCompleted);
            Expect.That(first.Result == 4 && second.IsCanceled);
        });
        list.Add("TaskCanceledException knows its task", () =>
        {
            var source = new TaskCompletionSource();
            source.SetCanceled();
            Expect.That(ReferenceEquals(Expect.Throws<TaskCanceledException>(() =>
                source.Task.GetAwaiter().GetResult()).Task, source.Task));
        });
    }
}
