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
}
