using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.RuntimeChecks;

/// <summary>async and await on a context with a queue.</summary>
internal static class AsyncChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Async");
        list.Add("a method that never waits is done at once", () =>
            Expect.That(Immediate() is { IsCompletedSuccessfully: true, Result: 5 }));
        list.Add("await comes back through the context", () => Loop.Run(async loop =>
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Post(_ => source.SetResult(), null);
            int posts = loop.Posts;
            await source.Task;
            Expect.Equal(posts + 1, loop.Posts);
            Expect.That(ReferenceEquals(SynchronizationContext.Current, loop));
        }));
        list.Add("a source that runs continuations asynchronously never runs them on the spot", () =>
            Loop.Run(async loop =>
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            string log = "";
            Task waiter = Waiter();
            source.SetResult();
            log += "set ";
            await waiter;
            Expect.Equal("set woken", log);

            async Task Waiter()
            {
                await source.Task;
                log += "woken";
            }
        }));
        list.Add("a plain source runs them on the spot in the same context", () => Loop.Run(async loop =>
        {
            var source = new TaskCompletionSource();
            string log = "";
            Task waiter = Waiter();
            source.SetResult();
            log += "set";
            await waiter;
            Expect.Equal("woken set", log);

            async Task Waiter()
            {
                await source.Task;
                log += "woken ";
            }
        }));
        list.Add("a plain source posts to another context", () => Loop.Run(async loop =>
        {
            var source = new TaskCompletionSource();
            Task waiter = Waiter();
            SynchronizationContext.SetSynchronizationContext(null);
            int posts = loop.Posts;
            source.SetResult();
            SynchronizationContext.SetSynchronizationContext(loop);
            Expect.That(loop.Posts == posts + 1 && !waiter.IsCompleted);
            await waiter;

            async Task Waiter() => await source.Task;
        }));
        list.Add("Task.Yield lets others go first", () => Loop.Run(async loop =>
        {
            string log = "";
            loop.Post(_ => log += "other ", null);
            await Task.Yield();
            log += "me";
            Expect.Equal("other me", log);
        }));
        list.Add("results through three levels", () => Loop.Run(async loop => Expect.Equal(111, await Level(3))));
        list.Add("exceptions come out of await unwrapped", () => Loop.Run(async loop =>
        {
            try
            {
                await Fails();
                throw new CheckException("nothing was thrown");
            }
            catch (FormatException failure)
            {
                Expect.Equal("late", failure.Message);
            }
        }));
        list.Add("try, catch and finally around awaits", () => Loop.Run(async loop =>
        {
            string log = "";
            try
            {
                try
                {
                    await Fails();
                }
                catch (FormatException) when (log.Length == 0)
                {
                    await Task.Yield();
                    log += "caught ";
                    throw new InvalidOperationException("again");
                }
                finally
                {
                    await Task.Yield();
                    log += "finally ";
                }
            }
            catch (InvalidOperationException failure)
            {
                log += failure.Message;
            }
            Expect.Equal("caught finally again", log);
        }));
        list.Add("an OperationCanceledException makes a task cancelled", () => Loop.Run(async loop =>
        {
            Task task = Cancelled();
            try
            {
                await task;
            }
            catch (OperationCanceledException failure)
            {
                Expect.That(task.IsCanceled && failure.GetType() == typeof(OperationCanceledException));
                return;
            }
            throw new CheckException("nothing was thrown");
        }));
        list.Add("an exception before the first await is in the task", () =>
        {
            Task task = FailsAtOnce();
            Expect.That(task.IsFaulted);
        });
        list.Add("loops with awaits keep their variables", () => Loop.Run(async loop =>
        {
            int sum = 0;
            for (int i = 0; i < 100; i++)
            {
                await Task.Yield();
                sum += i;
            }
            Expect.Equal(4950, sum);
        }));
        list.Add("using across an await", () => Loop.Run(async loop =>
        {
            var closer = new Closer();
            using (closer)
            {
                await Task.Yield();
                Expect.That(!closer.Closed);
            }
            Expect.That(closer.Closed);
        }));
        list.Add("await using", () => Loop.Run(async loop =>
        {
            var closer = new Closer();
            await using (closer.ConfigureNothing())
            {
                await Task.Yield();
            }
            Expect.That(closer.ClosedLater);
        }));
        list.Add("two methods take turns", () => Loop.Run(async loop =>
        {
            string log = "";
            await Task.WhenAll(Say("a"), Say("b"));
            Expect.Equal("ababab", log);

            async Task Say(string word)
            {
                for (int i = 0; i < 3; i++)
                {
                    log += word;
                    await Task.Yield();
                }
            }
        }));
        list.Add("awaiting the same task twice and by two", () => Loop.Run(async loop =>
        {
            var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<int> first = Plus(1), second = Plus(2);
            source.SetResult(10);
            Expect.That(await first == 11 && await second == 12 && await source.Task == 10);

            async Task<int> Plus(int more) => await source.Task + more;
        }));
        list.Add("1000 suspended at once", () => Loop.Run(async loop =>
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var tasks = new List<Task<int>>();
            for (int i = 0; i < 1000; i++) tasks.Add(Behind(i));
            gate.SetResult();
            int[] results = await Task.WhenAll(tasks);
            Expect.That(results[0] == 0 && results[999] == 999);

            async Task<int> Behind(int value)
            {
                await gate.Task;
                return value;
            }
        }));
        list.Add("a chain of 500 methods unwinds", () => Loop.Run(async loop => Expect.Equal(500, await Chain(500))));
        list.Add("state survives collections", () => Loop.Run(async loop =>
        {
            var kept = new byte[] { 1, 2, 3 };
            string text = "text" + kept.Length;
            for (int i = 0; i < 5; i++)
            {
                await Task.Yield();
                for (int j = 0; j < 200; j++) GC.KeepAlive(new byte[500]);
                GC.Collect();
            }
            Expect.That(kept[2] == 3 && text == "text3");
        }));
        list.Add("async void goes to the context", () => Loop.Run(async loop =>
        {
            var done = new TaskCompletionSource();
            Fire(done);
            await done.Task;
        }));
        list.Add("async lambda and local function", () => Loop.Run(async loop =>
        {
            Func<int, Task<int>> twice = async value =>
            {
                await Task.Yield();
                return 2 * value;
            };
            Expect.Equal(8, await twice(4));
        }));
        list.Add("await in conditions, arguments and interpolation", () => Loop.Run(async loop =>
        {
            string text = $"{await Level(1)}-{(await Immediate() > 3 ? await Level(2) : 0)}";
            Expect.Equal("1-11", text);
        }));
        list.Add("await foreach", () => Loop.Run(async loop =>
        {
            int sum = 0;
            await foreach (int item in Numbers(4, default)) sum += item;
            Expect.Equal(6, sum);
        }));
        list.Add("await foreach left early runs finally", () => Loop.Run(async loop =>
        {
            var log = new List<string>();
            await foreach (int item in Logged(log))
            {
                if (item == 1) break;
            }
            Expect.Equal("0 1 finally", string.Join(' ', log));
        }));
        list.Add("await foreach with a token", () => Loop.Run(async loop =>
        {
            using var stop = new CancellationTokenSource();
            int seen = 0;
            try
            {
                await foreach (int item in Numbers(100, default).WithCancellation(stop.Token))
                {
                    if (++seen == 3) stop.Cancel();
                }
            }
            catch (OperationCanceledException)
            {
                Expect.Equal(3, seen);
                return;
            }
            throw new CheckException("nothing was thrown");
        }));
        list.Add("ConfigureAwait(true) is plain", () => Loop.Run(async loop =>
        {
            await Level(2).ConfigureAwait(true);
            await ((Task)Level(2)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing
                | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await Fails().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing
                | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Expect.That(ReferenceEquals(SynchronizationContext.Current, loop));
        }));
        list.Add("an own awaitable", () => Loop.Run(async loop => Expect.Equal(9, await new Nine())));
        list.Add("a context set inside does not leak to the caller", () => Loop.Run(async loop =>
        {
            Task task = SetsContext();
            Expect.That(ReferenceEquals(SynchronizationContext.Current, loop));
            await task;
        }));
    }

    private static async Task<int> Immediate()
    {
        await Task.CompletedTask;
        return await Task.FromResult(5);
    }

    private static async Task<int> Level(int depth)
    {
        await Task.Yield();
        return depth == 1 ? 1 : 10 * await Level(depth - 1) + 1;
    }

    private static async Task<int> Chain(int length)
    {
        if (length > 0) return await Chain(length - 1) + 1;
        await Task.Yield();
        return 0;
    }

    private static async Task Fails()
    {
        await Task.Yield();
        throw new FormatException("late");
    }

#pragma warning disable CS1998   // throwing before any await is the point
    private static async Task FailsAtOnce() => throw new FormatException();
#pragma warning restore CS1998

    private static async Task Cancelled()
    {
        await Task.Yield();
        throw new OperationCanceledException();
    }

    private static async void Fire(TaskCompletionSource done)
    {
        await Task.Yield();
        done.SetResult();
    }

    private static async Task SetsContext()
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Loop());
        SynchronizationContext.SetSynchronizationContext(outer);
        await Task.Yield();
    }

    private static async IAsyncEnumerable<int> Numbers(int count, [EnumeratorCancellation] CancellationToken stop)
    {
        for (int i = 0; i < count; i++)
        {
            stop.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return i;
        }
    }

    private static async IAsyncEnumerable<int> Logged(List<string> log)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                await Task.Yield();
                log.Add(i.ToString());
                yield return i;
            }
        }
        finally
        {
            await Task.Yield();
            log.Add("finally");
        }
    }

    private sealed class Closer : IDisposable, IAsyncDisposable
    {
        public bool Closed { get; private set; }

        public bool ClosedLater { get; private set; }

        public void Dispose() => Closed = true;

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            ClosedLater = true;
        }

        public Closer ConfigureNothing() => this;
    }

    private readonly struct Nine : INotifyCompletion
    {
        public bool IsCompleted => false;

        public Nine GetAwaiter() => this;

        public void OnCompleted(Action continuation) =>
            SynchronizationContext.Current!.Post(state => ((Action)state!)(), continuation);

        public int GetResult() => 9;
    }
}
