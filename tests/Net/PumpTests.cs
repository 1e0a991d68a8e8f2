using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects the one loop everything waits in: order of timers, cancellation, re-entry.</summary>
public class PumpTests
{
    private readonly ManualClock _clock = new();
    private readonly Pump _pump;

    public PumpTests() => _pump = new Pump(_clock);

    [Fact]
    public void DelaysEndInOrderOfTimeNotOfStart()
    {
        string order = "";
        async Task After(int ms, string name)
        {
            await _pump.Delay(Duration.FromMilliseconds(ms), CancellationToken.None);
            order += name;
        }
        Instant start = _clock.Now;
        _pump.Run(() => Task.WhenAll(After(30, "c"), After(10, "a"), After(20, "b")));
        Assert.Equal("abc", order);
        Assert.Equal(30, (_clock.Now - start).Milliseconds);
    }

    [Fact]
    public void ACancelledDelayEndsAtOnceAndLeavesNoTimer()
    {
        using var stop = new CancellationTokenSource();
        _pump.Schedule(Duration.FromMilliseconds(5), stop.Cancel);
        Instant start = _clock.Now;
        Assert.Throws<TaskCanceledException>(() => _pump.Run(() => _pump.Delay(Duration.FromSeconds(60), stop.Token)));
        Assert.Equal(5, (_clock.Now - start).Milliseconds);
        Assert.Throws<InvalidOperationException>(() => _pump.RunUntil(new TaskCompletionSource().Task));
    }

    [Fact]
    public void TimersOfOneInstantFireInOrderOfScheduling()
    {
        string order = "";
        _pump.Schedule(Duration.FromMilliseconds(1), () => order += "1");
        _pump.Schedule(Duration.FromMilliseconds(1), () => order += "2");
        _pump.Run(() => _pump.Delay(Duration.FromMilliseconds(1), CancellationToken.None));
        Assert.Equal("12", order);
    }

    [Fact]
    public void MayBeEnteredAgainFromInsideAContinuation()
    {
        int result = _pump.Run(async () =>
        {
            await _pump.Delay(Duration.FromMilliseconds(1), CancellationToken.None);
            return _pump.Run(async () =>
            {
                await _pump.Delay(Duration.FromMilliseconds(1), CancellationToken.None);
                return 42;
            });
        });
        Assert.Equal(42, result);
    }

    [Fact]
    public void ACallbackThatEmptiesTheQueueFromInsideDoesNotUpsetTheTurn()
    {
        string order = "";
        _pump.Post(_ =>
        {
            order += "a";
            _pump.Run(async () => await Task.Yield());
        }, null);
        _pump.Post(_ => order += "b", null);
        _pump.Post(_ => order += "c", null);
        _pump.Run(() => _pump.Delay(Duration.FromMilliseconds(1), CancellationToken.None));
        Assert.Equal("abc", order);
    }

    [Fact]
    public void AContinuationThatAlwaysPostsAnotherDoesNotKeepTheTimersFromFiring()
    {
        bool ended = false;
        void Again(object? state)
        {
            if (!ended) _pump.Post(Again, null);
            if (!ended) _clock.Advance(Duration.FromMilliseconds(1));
        }
        _pump.Post(Again, null);
        _pump.Schedule(Duration.FromMilliseconds(5), () => ended = true);
        _pump.Run(() => _pump.Delay(Duration.FromMilliseconds(10), CancellationToken.None));
        Assert.True(ended);
    }

    [Fact]
    public void RunsUntilAValueTaskHasItsResult()
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        using (_pump.Enter()) Assert.Equal(7, _pump.RunUntil(After5Ms(7)));
        Assert.Same(outer, SynchronizationContext.Current);
        Assert.Throws<FormatException>(() => _pump.RunUntil(ValueTask.FromException(new FormatException())));

        async ValueTask<int> After5Ms(int result)
        {
            await _pump.Delay(Duration.FromMilliseconds(5), CancellationToken.None);
            Assert.Same(_pump, SynchronizationContext.Current);
            return result;
        }
    }

    [Fact]
    public void ATimerCanBeStartedAgain()
    {
        int fired = 0;
        PumpTimer timer = _pump.CreateTimer(() => fired++);
        timer.Restart(Duration.FromMilliseconds(2));
        timer.Restart(Duration.FromMilliseconds(6));
        _pump.Run(() => _pump.Delay(Duration.FromMilliseconds(4), CancellationToken.None));
        Assert.Equal(0, fired);
        _pump.Run(() => _pump.Delay(Duration.FromMilliseconds(4), CancellationToken.None));
        Assert.Equal(1, fired);
        timer.Restart(Duration.FromMilliseconds(1));
        timer.Cancel();
        _pump.Run(() => _pump.Delay(Duration.FromMilliseconds(4), CancellationToken.None));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void WorkThatIsDoneAlreadyStillLetsTheNetworkBePolledOnceAndDoesNotRest()
    {
        var polled = new Counter();
        _pump.Add(polled);
        Instant before = _clock.Now;
        _pump.RunUntil(ValueTask.CompletedTask);
        Assert.Equal(1, polled.Polls);
        Assert.Equal(before, _clock.Now);
    }

    [Fact]
    public void TimeInWhichThePumpDoesNotRunDoesNotCount()
    {
        bool fired = false;
        _pump.Schedule(Duration.FromSeconds(15), () => fired = true);
        _pump.Run(() => _pump.Delay(Duration.FromSeconds(10), CancellationToken.None));
        Instant before = _pump.Now;
        _clock.Advance(Duration.FromSeconds(600));   // a boot menu, say
        Assert.Equal(before, _pump.CurrentTime);
        _pump.RunUntil(ValueTask.CompletedTask);
        Assert.False(fired);
        Assert.Equal(before, _pump.Now);
        Instant resumedAt = _clock.Now;
        _pump.Run(() => _pump.Delay(Duration.FromSeconds(6), CancellationToken.None));
        Assert.True(fired);
        Assert.Equal(6000, (_clock.Now - resumedAt).Milliseconds);
    }

    [Fact]
    public void NorDoesTheTimeThatAProgramTakesInsideATurn()
    {
        bool fired = false;
        _pump.Schedule(Duration.FromSeconds(15), () => fired = true);
        _pump.Post(_ =>
        {
            _clock.Advance(Duration.FromSeconds(100));
            _pump.RunUntil(ValueTask.CompletedTask);   // it reads our disk
            _clock.Advance(Duration.FromSeconds(100));
        }, null);
        _pump.Run(() => _pump.Delay(Duration.FromSeconds(10), CancellationToken.None));
        Assert.False(fired);
    }

    private sealed class Counter : IPolled
    {
        public int Polls { get; private set; }

        public Instant NextDeadline => Instant.Never;

        public bool Poll(Instant now)
        {
            Polls++;
            return false;
        }
    }
}
