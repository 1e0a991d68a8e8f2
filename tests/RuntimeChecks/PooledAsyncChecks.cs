using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace Bootlace.RuntimeChecks;

/// <summary>Async methods on a pooling builder: they behave as others do and leave no garbage.</summary>
internal static class PooledAsyncChecks
{
    private const int Rounds = 10_000;
    private const int ToleranceBytes = 20_000;   // .NET counts in steps of 8 KiB

    public static void Register(CheckList list)
    {
        list.Group("Pooled async methods");
        list.Add("one that never waits is done at once", () =>
            Expect.That(Sum(null, 3) is { IsCompletedSuccessfully: true, Result: 3 } && Plain(null).IsCompleted));
        list.Add("one that waits, with and without result", () => Loop.Run(async loop =>
        {
            Expect.Equal(5, await Twice(5));
            await Yields();
        }));
        list.Add("a wait without a context allocates nothing", () => AllocatesNothing(0, Rounds, () =>
        {
            ValueTask<int> work = Sum(Bell.One, 1);
            Bell.One.Ring(41);
            Expect.Equal(42, work.GetAwaiter().GetResult());
        }));
        list.Add("a wait without a result allocates nothing", () => AllocatesNothing(0, Rounds, () =>
        {
            ValueTask work = Plain(Bell.One);
            Expect.That(!work.IsCompleted);
            Bell.One.Ring(0);
            work.GetAwaiter().GetResult();
        }));
        list.Add("a method inside itself allocates nothing", () => AllocatesNothing(0, Rounds, () =>
        {
            ValueTask<int> work = Deep(1, Bell.One);
            Bell.One.Ring(1);
            Expect.Equal(2, work.GetAwaiter().GetResult());
        }));
        list.Add("waits in a context allocate nothing", () => Loop.Run(loop =>
        {
            // Two posts a round: the bell's, and that of the inner method to the outer one.
            AllocatesNothing(2 * Posting.BytesAPost, Rounds, () =>
            {
                ValueTask<int> work = Deep(1, Bell.One);
                Bell.One.Ring(1);
                loop.Drain();
                Expect.Equal(2, work.GetAwaiter().GetResult());
            });
            return Task.CompletedTask;
        }));
        list.Add("waits in a loop allocate nothing", () =>
        {
            ValueTask<int> work = Rings(3, Bell.One);
            for (int i = 0; i < 3; i++) Bell.One.Ring(i);
            Expect.Equal(3, work.GetAwaiter().GetResult());
            AllocatesNothing(0, 1, () =>
            {
                ValueTask<int> work = Rings(Rounds, Bell.One);
                for (int i = 0; i < Rounds; i++) Bell.One.Ring(1);
                Expect.Equal(Rounds, work.GetAwaiter().GetResult());
            });
        });
        list.Add("the same method under way many times", ManyAtOnce);
        list.Add("the same method started inside its own continuation", StartedInside);
        list.Add("ended in another order than begun, again and again", AnyOrder);
        list.Add("an exception before the first wait is in the value task", () =>
        {
            ValueTask work = FailsAtOnce();
            Expect.That(work.IsFaulted);
            Expect.Throws<FormatException>(() => work.GetAwaiter().GetResult());
            ValueTask<int> other = FailsAtOnceOf<int>();
            Expect.That(other.IsCompleted && !other.IsCompletedSuccessfully);
            Expect.Throws<FormatException>(() => other.GetAwaiter().GetResult());
        });
        list.Add("an exception after a wait, and the method serves again", () => Loop.Run(async loop =>
        {
            for (int round = 0; round < 5; round++)
            {
                string log = "";
                try
                {
                    await Fails(new FormatException("late"));
                }
                catch (FormatException failure)
                {
                    log = failure.Message;
                }
                Expect.Equal("late", log);
                Expect.Equal(4, await Twice(4));
            }
        }));
        list.Add("an OperationCanceledException makes it cancelled", () =>
        {
            ValueTask<int> work = FailsWhenRung(new OperationCanceledException());
            Bell.One.Ring(0);
            Expect.That(work.IsCanceled && !work.IsFaulted);
            Expect.Throws<OperationCanceledException>(() => work.GetAwaiter().GetResult());
        });
        list.Add("a token that is cancelled meanwhile", () => Loop.Run(async loop =>
        {
            using var stop = new CancellationTokenSource();
            loop.Post(_ => stop.Cancel(), null);
            string log = "";
            try
            {
                while (true) await Checked(stop.Token);
            }
            catch (OperationCanceledException cancellation)
            {
                Expect.That(cancellation.CancellationToken == stop.Token);
                log = "cancelled";
            }
            Expect.Equal("cancelled", log);
        }));
        list.Add("the result can be read once only", () =>
        {
            // A method of its own: .NET puts its box into the pool a second time.
            ValueTask<int> work = Once(Bell.One);
            Bell.One.Ring(2);
            Expect.Equal(2, work.GetAwaiter().GetResult());
            Expect.Throws<InvalidOperationException>(() => work.GetAwaiter().GetResult());
            Expect.Throws<InvalidOperationException>(() => GC.KeepAlive(work.IsCompleted));
        });
        list.Add("AsTask and Preserve", () => Loop.Run(async loop =>
        {
            Task<int> task = Twice(3).AsTask();
            Expect.Equal(3, await task + await task - 3);
            ValueTask<int> kept = Twice(4).Preserve();
            Expect.Equal(8, await kept + await kept);
            Task plain = Yields().AsTask();
            await plain;
            await plain;
        }));
        list.Add("AsTask of a failed one", () => Loop.Run(async loop =>
        {
            Task task = Fails(new FormatException()).AsTask();
            await task.ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Expect.That(task.IsFaulted && task.Exception!.InnerException is FormatException);
        }));
        list.Add("Task.WhenAll of several", () => Loop.Run(async loop =>
            Expect.Equal(60, Total(await Task.WhenAll(Twice(10).AsTask(), Twice(20).AsTask(), Twice(30).AsTask())))));
        list.Add("finally and using around waits", () => Loop.Run(async loop =>
        {
            var log = new Log();
            try
            {
                await Careful(log);
            }
            catch (FormatException)
            {
                log.Text += "caught";
            }
            Expect.Equal("finally disposed caught", log.Text);
        }));
        list.Add("methods of a generic type", () => Loop.Run(async loop =>
        {
            Expect.Equal("x", await new Later<string>().Give("x"));
            Expect.Equal(7, await new Later<int>().Give(7));
            Expect.Equal(("y", 2L), await new Later<(string, long)>().Give(("y", 2L)));
        }));
        list.Add("what a suspended method holds survives collections", HoldsAcrossCollections);
        list.Add("a value task dropped without a look does no harm", () =>
        {
            for (int i = 0; i < 100; i++)
            {
                GC.KeepAlive(Sum(Bell.One, i));
                Bell.One.Ring(1);
            }
            GC.Collect();
            ValueTask<int> work = Sum(Bell.One, 1);
            Bell.One.Ring(1);
            Expect.Equal(2, work.GetAwaiter().GetResult());
        });
        list.Add("continues in the context it was awaited in", () => Loop.Run(async loop =>
        {
            var bell = new Bell();
            loop.Post(_ =>
            {
                SynchronizationContext.SetSynchronizationContext(null);
                bell.Ring(1);
                SynchronizationContext.SetSynchronizationContext(loop);
            }, null);
            Expect.Equal(2, await Sum(bell, 1));
            Expect.That(ReferenceEquals(SynchronizationContext.Current, loop));
        }));
    }

    private static void AllocatesNothing(int bytesARound, int rounds, Action round)
    {
        for (int i = 0; i < 20; i++) round();
        GC.Collect();
        long before = GC.GetTotalMemory(false);
        for (int i = 0; i < rounds; i++) round();
        long bytes = GC.GetTotalMemory(false) - before;
        Expect.That(bytes < ToleranceBytes + (long)rounds * bytesARound);
    }

    private static void ManyAtOnce()
    {
        var bells = new Bell[40];
        var works = new ValueTask<int>[bells.Length];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < bells.Length; i++) works[i] = Sum(bells[i] = new Bell(), 1000 * i);
            for (int i = bells.Length - 1; i >= 0; i--) bells[i].Ring(i);
            for (int i = 0; i < bells.Length; i++) Expect.Equal(1001 * i, works[i].GetAwaiter().GetResult());
        }
    }

    private static void StartedInside()
    {
        Bell outer = new(), inner = new();
        int seen = 0;
        ValueTask<int> second = default;
        ValueTask<int> first = Sum(outer, 1);
        first.GetAwaiter().OnCompleted(() =>
        {
            // On the stack of the first one's last step: its box is in stock again and is taken at once.
            seen = first.GetAwaiter().GetResult();
            second = Sum(inner, 10);
        });
        outer.Ring(1);
        Expect.Equal(2, seen);
        Expect.That(!second.IsCompleted);
        inner.Ring(5);
        Expect.Equal(15, second.GetAwaiter().GetResult());
    }

    private static void AnyOrder()
    {
        var dice = new Dice(11);
        var bells = new Bell?[12];
        var works = new ValueTask<int>[bells.Length];
        for (int step = 0; step < 5000; step++)
        {
            int i = dice.Next(bells.Length);
            if (bells[i] is { } bell)
            {
                bell.Ring(step);
                Expect.Equal(step + i, works[i].GetAwaiter().GetResult());
                bells[i] = null;
            }
            else
            {
                works[i] = Sum(bells[i] = new Bell(), i);
            }
            if (step % 500 == 0) GC.Collect();
        }
    }

    private static void HoldsAcrossCollections()
    {
        ValueTask<int> work = Holds(Bell.One);
        for (int i = 0; i < 20_000; i++) GC.KeepAlive(new byte[i % 700]);
        GC.Collect();
        Bell.One.Ring(0);
        Expect.Equal(5050, work.GetAwaiter().GetResult());
    }

    private static int Total(int[] values)
    {
        int total = 0;
        foreach (int value in values) total += value;
        return total;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> Sum(Bell? bell, int value) =>
        bell is null ? value : value + await bell.WaitAsync();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> Once(Bell bell) => await bell.WaitAsync();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Plain(Bell? bell)
    {
        if (bell is not null) await bell.WaitAsync();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> Deep(int levels, Bell bell) =>
        levels == 0 ? await bell.WaitAsync() : 1 + await Deep(levels - 1, bell);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> Rings(int count, Bell bell)
    {
        int sum = 0;
        for (int i = 0; i < count; i++) sum += await bell.WaitAsync();
        return sum;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> Twice(int value)
    {
        await Task.Yield();
        await Yields();
        return value;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Yields() => await Task.Yield();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Checked(CancellationToken stop)
    {
        await Task.Yield();
        stop.ThrowIfCancellationRequested();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Fails(Exception failure)
    {
        await Task.Yield();
        throw failure;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> FailsWhenRung(Exception failure)
    {
        await Bell.One.WaitAsync();
        throw failure;
    }

#pragma warning disable CS1998 // There is nothing to await before it fails: that is the case in question.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask FailsAtOnce() => throw new FormatException();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<T> FailsAtOnceOf<T>() => throw new FormatException();
#pragma warning restore CS1998

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Careful(Log log)
    {
        using var disposed = new Disposing(log);
        try
        {
            await Fails(new FormatException());
        }
        finally
        {
            await Task.Yield();
            log.Text += "finally ";
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> Holds(Bell bell)
    {
        var values = new int[101];
        for (int i = 0; i < values.Length; i++) values[i] = i;
        Memory<int> inside = values.AsMemory(1);
        await bell.WaitAsync();
        int sum = 0;
        foreach (int value in inside.Span) sum += value;
        return sum;
    }

    private sealed class Log
    {
        public string Text = "";
    }

    private sealed class Disposing(Log log) : IDisposable
    {
        public void Dispose() => log.Text += "disposed ";
    }

    private sealed class Later<T>
    {
        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public async ValueTask<T> Give(T value)
        {
            await Task.Yield();
            return value;
        }
    }

    private sealed class Bell : IValueTaskSource<int>
    {
        private ManualResetValueTaskSourceCore<int> _core;

        public static Bell One { get; } = new();

        public ValueTask<int> WaitAsync()
        {
            _core.Reset();
            return new ValueTask<int>(this, _core.Version);
        }

        public void Ring(int value) => _core.SetResult(value);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token,
            ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);

        public int GetResult(short token) => _core.GetResult(token);
    }
}
