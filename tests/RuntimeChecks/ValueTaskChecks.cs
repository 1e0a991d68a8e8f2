using System;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace Bootlace.RuntimeChecks;

/// <summary>Value tasks and reusable sources.</summary>
internal static class ValueTaskChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Value tasks");
        list.Add("default is done", () => Expect.That(default(ValueTask).IsCompletedSuccessfully
            && ValueTask.CompletedTask.AsTask().IsCompletedSuccessfully));
        list.Add("a value", () => Expect.That(new ValueTask<int>(5) is { IsCompletedSuccessfully: true, Result: 5 }
            && ValueTask.FromResult(6).AsTask().Result == 6));
        list.Add("around a task", () => Loop.Run(async loop => Expect.Equal(7, await new ValueTask<int>(Later(7)))));
        list.Add("around a failed task", () =>
            Expect.That(ValueTask.FromException(new FormatException()).IsFaulted
            && ValueTask.FromCanceled<int>(new CancellationToken(true)).IsCanceled));
        list.Add("equality", () =>
        {
            Task task = Later(1);
            Expect.That(new ValueTask(task) == new ValueTask(task) && new ValueTask(task) != default
                && new ValueTask<int>(3) == new ValueTask<int>(3));
        });
        list.Add("an async method that never waits allocates nothing", () =>
        {
            AtOnce(0).GetAwaiter().GetResult();
            long before = GC.GetTotalMemory(false);
            int sum = 0;
            for (int i = 0; i < 1000; i++) sum += AtOnce(i).Result;
            Expect.That(sum == 500_500 && GC.GetTotalMemory(false) - before < 20_000);
        });
        list.Add("async ValueTask with and without waiting", () => Loop.Run(async loop =>
        {
            Expect.Equal(3, await AtOnce(2));
            Expect.Equal(4, await Slowly(3));
            await Plain();
        }));
        list.Add("async ValueTask that throws", () => Loop.Run(async loop =>
        {
            ValueTask<int> failing = Failing();
            try
            {
                await failing;
            }
            catch (FormatException)
            {
                return;
            }
            throw new CheckException("nothing was thrown");
        }));
        list.Add("source: completed before the await", () => Loop.Run(async loop =>
        {
            var bell = new Bell();
            ValueTask<int> wait = bell.WaitAsync();
            bell.Ring(5);
            Expect.That(wait.IsCompletedSuccessfully);
            Expect.Equal(5, await wait);
        }));
        list.Add("source: completed after the await, posted", () => Loop.Run(async loop =>
        {
            var bell = new Bell();
            loop.Post(_ =>
            {
                int posts = loop.Posts;
                bell.Ring(6);
                Expect.Equal(posts + 1, loop.Posts);
            }, null);
            Expect.Equal(6, await bell.WaitAsync());
        }));
        list.Add("source: used 1000 times", () => Loop.Run(async loop =>
        {
            var bell = new Bell();
            int sum = 0;
            for (int i = 0; i < 1000; i++)
            {
                int own = i;
                loop.Post(_ => bell.Ring(own), null);
                sum += await bell.WaitAsync();
            }
            Expect.Equal(499_500, sum);
        }));
        list.Add("source: failure and cancellation", () =>
        {
            var bell = new Bell();
            ValueTask<int> wait = bell.WaitAsync();
            bell.Fail(new FormatException());
            Expect.That(wait.IsFaulted);
            Expect.Throws<FormatException>(() => GC.KeepAlive(wait.Result));
            wait = bell.WaitAsync();
            bell.Fail(new OperationCanceledException());
            Expect.That(wait.IsCanceled);
        });
        list.Add("source: a stale token is refused", () =>
        {
            var bell = new Bell();
            ValueTask<int> first = bell.WaitAsync();
            bell.Ring(1);
            GC.KeepAlive(first.Result);
            bell.WaitAsync();
            Expect.Throws<InvalidOperationException>(() => GC.KeepAlive(first.IsCompleted));
        });
        list.Add("source: completing twice is refused", () =>
        {
            var bell = new Bell();
            bell.WaitAsync();
            bell.Ring(1);
            Expect.Throws<InvalidOperationException>(() => bell.Ring(2));
        });
        list.Add("source: result before completion is refused", () =>
        {
            var bell = new Bell();
            Expect.Throws<InvalidOperationException>(() => GC.KeepAlive(bell.WaitAsync().Result));
        });
        list.Add("source: AsTask", () =>
        {
            var bell = new Bell();
            Task<int> task = bell.WaitAsync().AsTask();
            Expect.That(!task.IsCompleted);
            bell.Ring(8);
            Expect.That(task.IsCompleted && task.Result == 8);
        });
        list.Add("source: without result, as ValueTask", () => Loop.Run(async loop =>
        {
            var bell = new Bell();
            loop.Post(_ => bell.Ring(0), null);
            await bell.SignalAsync();
        }));
        list.Add("source: without a context on the spot", () =>
        {
            var bell = new Bell();
            int runs = 0;
            ValueTask<int> wait = bell.WaitAsync();
            wait.GetAwaiter().OnCompleted(() => runs++);
            bell.Ring(1);
            Expect.Equal(1, runs);
        });
    }

    private static async Task<int> Later(int value)
    {
        await Task.Yield();
        return value;
    }

    private static async ValueTask<int> AtOnce(int value)
    {
        await Task.CompletedTask;
        return value + 1;
    }

    private static async ValueTask<int> Slowly(int value)
    {
        await Task.Yield();
        return value + 1;
    }

    private static async ValueTask Plain() => await Task.Yield();

    private static async ValueTask<int> Failing()
    {
        await Task.Yield();
        throw new FormatException();
    }

    private sealed class Bell : IValueTaskSource<int>, IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<int> _core;

        public ValueTask<int> WaitAsync()
        {
            _core.Reset();
            return new ValueTask<int>(this, _core.Version);
        }

        public ValueTask SignalAsync()
        {
            _core.Reset();
            return new ValueTask(this, _core.Version);
        }

        public void Ring(int value) => _core.SetResult(value);

        public void Fail(Exception failure) => _core.SetException(failure);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token,
            ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);

        public int GetResult(short token) => _core.GetResult(token);

        void IValueTaskSource.GetResult(short token) => _core.GetResult(token);
    }
}
