using System;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.RuntimeChecks;

/// <summary>Cancellation tokens and their sources.</summary>
internal static class CancellationChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Cancellation");
        list.Add("None can never be cancelled", () =>
            Expect.That(!CancellationToken.None.CanBeCanceled && !CancellationToken.None.IsCancellationRequested
            && CancellationToken.None == default));
        list.Add("a token made cancelled", () =>
            Expect.That(new CancellationToken(true).IsCancellationRequested
            && !new CancellationToken(false).CanBeCanceled));
        list.Add("Cancel shows in every token", () =>
        {
            using var source = new CancellationTokenSource();
            CancellationToken token = source.Token;
            Expect.That(token.CanBeCanceled && !token.IsCancellationRequested && token == source.Token);
            source.Cancel();
            Expect.That(token.IsCancellationRequested && source.IsCancellationRequested);
            Expect.Equal(token,
                Expect.Throws<OperationCanceledException>(token.ThrowIfCancellationRequested).CancellationToken);
        });
        list.Add("callbacks run once, newest first", () =>
        {
            using var source = new CancellationTokenSource();
            string log = "";
            source.Token.Register(() => log += "a");
            source.Token.Register(state => log += state, "b");
            source.Token.Register((state, token) => log += state + (token.IsCancellationRequested ? "!" : "?"), "c");
            source.Cancel();
            source.Cancel();
            Expect.Equal("c!ba", log);
        });
        list.Add("a callback registered too late runs at once", () =>
        {
            using var source = new CancellationTokenSource();
            source.Cancel();
            int runs = 0;
            source.Token.Register(() => runs++);
            Expect.Equal(1, runs);
        });
        list.Add("a disposed registration does not run", () =>
        {
            using var source = new CancellationTokenSource();
            int runs = 0;
            CancellationTokenRegistration registration = source.Token.Register(() => runs++);
            Expect.That(registration.Token == source.Token);
            registration.Dispose();
            registration.Dispose();
            Expect.That(!registration.Unregister());
            source.Cancel();
            Expect.Equal(0, runs);
        });
        list.Add("Unregister says whether it was in time", () =>
        {
            using var source = new CancellationTokenSource();
            CancellationTokenRegistration early = source.Token.Register(() => { }),
                late = source.Token.Register(() => { });
            Expect.That(early.Unregister());
            source.Cancel();
            Expect.That(!late.Unregister());
        });
        list.Add("a callback may take back another", () =>
        {
            using var source = new CancellationTokenSource();
            int runs = 0;
            CancellationTokenRegistration older = source.Token.Register(() => runs++);
            source.Token.Register(() => older.Dispose());
            source.Cancel();
            Expect.Equal(0, runs);
        });
        list.Add("a callback may take back itself and register more", () =>
        {
            using var source = new CancellationTokenSource();
            string log = "";
            CancellationTokenRegistration own = default;
            own = source.Token.Register(() =>
            {
                own.Dispose();
                source.Token.Register(() => log += "inner ");
                log += "outer";
            });
            source.Cancel();
            Expect.Equal("inner outer", log);
        });
        list.Add("what callbacks throw comes out together", () =>
        {
            using var source = new CancellationTokenSource();
            int runs = 0;
            source.Token.Register(() => throw new FormatException());
            source.Token.Register(() => runs++);
            source.Token.Register(() => throw new InvalidOperationException());
            AggregateException failure = Expect.Throws<AggregateException>(source.Cancel);
            Expect.That(runs == 1 && failure.InnerExceptions.Count == 2
                && failure.InnerExceptions[0] is InvalidOperationException);
        });
        list.Add("Cancel(true) throws the first", () =>
        {
            using var source = new CancellationTokenSource();
            int runs = 0;
            source.Token.Register(() => runs++);
            source.Token.Register(() => throw new FormatException());
            Expect.Throws<FormatException>(() => source.Cancel(true));
            Expect.That(runs == 0 && source.IsCancellationRequested);
        });
        list.Add("linked to either", () =>
        {
            using CancellationTokenSource a = new(), b = new();
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(a.Token, b.Token);
            int runs = 0;
            linked.Token.Register(() => runs++);
            b.Cancel();
            a.Cancel();
            Expect.That(linked.IsCancellationRequested && runs == 1);
        });
        list.Add("linked to one already cancelled", () =>
            Expect.That(CancellationTokenSource.CreateLinkedTokenSource(default,
            new CancellationToken(true)).IsCancellationRequested));
        list.Add("linked: cancelling it leaves its sources alone", () =>
        {
            using var a = new CancellationTokenSource();
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(a.Token);
            linked.Cancel();
            Expect.That(!a.IsCancellationRequested);
        });
        list.Add("linked: disposing unlinks", () =>
        {
            using var a = new CancellationTokenSource();
            var linked = CancellationTokenSource.CreateLinkedTokenSource(a.Token);
            CancellationToken token = linked.Token;
            linked.Dispose();
            a.Cancel();
            Expect.That(!token.IsCancellationRequested);
        });
        list.Add("a disposed source", () =>
        {
            var source = new CancellationTokenSource();
            source.Dispose();
            source.Dispose();
            Expect.Throws<ObjectDisposedException>(() => GC.KeepAlive(source.Token));
            Expect.Throws<ObjectDisposedException>(source.Cancel);
        });
        list.Add("TryReset", () =>
        {
            using var source = new CancellationTokenSource();
            int runs = 0;
            source.Token.Register(() => runs++);
            Expect.That(source.TryReset());
            source.Cancel();
            Expect.That(runs == 0 && !source.TryReset());
        });
        list.Add("cancelling what a method waits for", () => Loop.Run(async loop =>
        {
            using var stop = new CancellationTokenSource();
            loop.Post(_ => stop.Cancel(), null);
            try
            {
                await Wait(stop.Token);
                throw new CheckException("nothing was thrown");
            }
            catch (OperationCanceledException failure)
            {
                Expect.That(failure is TaskCanceledException && failure.CancellationToken == stop.Token);
            }
        }));
        list.Add("cancelling goes down through linked waits", () => Loop.Run(async loop =>
        {
            using var stop = new CancellationTokenSource();
            Task outer = Outer(stop.Token);
            await Task.Yield();
            stop.Cancel();
            await outer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing
                | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Expect.That(outer.IsCanceled);
        }));
    }

    private static async Task Wait(CancellationToken stop)
    {
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = stop.Register(() => never.TrySetCanceled(stop));
        await never.Task;
    }

    private static async Task Outer(CancellationToken stop)
    {
        using var own = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAll(Wait(own.Token), Wait(own.Token));
    }
}
