using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Sim;

/// <summary>Protects <c>lotest</c>: frames between two cards on one switch arrive whole, or it is told.</summary>
public class LoopbackSimTests
{
    private readonly Pump _pump = new(new ManualClock());
    private readonly NetworkStack _stack;
    private readonly NetworkInterface _net0, _net1;
    private readonly CancellationTokenSource _stop = new();
    private FrameFate _fate = FrameFate.Deliver;
    private byte[] _seen = [];
    private bool _damages;

    public LoopbackSimTests()
    {
        var lan = new SimulatedLan(_pump, 1);
        _stack = new NetworkStack(_pump, new SeededEntropy(1));
        _net0 = _stack.Add(lan.Connect(MacAddress.Read([2, 0, 0, 0, 0, 1])), "net0");
        _net1 = _stack.Add(
            new FaultDevice(lan.Connect(MacAddress.Read([2, 0, 0, 0, 0, 2])), frame =>
            {
                _seen = frame;
                if (_damages) frame[20] ^= 1;
                return _fate;
            }),
            "net1");
    }

    private Task SendAsync(LoopbackTest test) => test.SendAsync(Duration.FromSeconds(2), _stop.Token);

    [Theory]
    [InlineData(0, false, 1514)]
    [InlineData(100, true, 114)]
    [InlineData(1, false, 60)]
    public void FramesArriveOneAfterTheOther(int mtuBytes, bool isBroadcast, int frameBytes)
    {
        using var test = new LoopbackTest(_stack, _net0, _net1, mtuBytes, isBroadcast);
        byte[] before = [];
        for (int i = 0; i < 20; i++)
        {
            _pump.Run(() => SendAsync(test));
            Assert.Equal(frameBytes, _seen.Length);
            Assert.Equal(isBroadcast, MacAddress.Read(_seen).IsBroadcast);
            Assert.NotEqual(before, _seen);
            before = _seen;
        }
        Assert.Equal(0, _net1.Counters.ReceivedFramesRefused);
    }

    [Fact]
    public void ALostFrameIsAFailure()
    {
        using var test = new LoopbackTest(_stack, _net0, _net1, 0, false);
        _fate = FrameFate.Lose;
        BootFailure failure = Assert.Throws<BootFailure>(() => _pump.Run(() => SendAsync(test)));
        Assert.Equal(NetFailure.FrameLost, failure.Kind);
        _fate = FrameFate.Deliver;
        _pump.Run(() => SendAsync(test));
    }

    [Fact]
    public void ADamagedFrameIsNoneThatArrived()
    {
        using var test = new LoopbackTest(_stack, _net0, _net1, 0, false);
        _damages = true;
        BootFailure failure = Assert.Throws<BootFailure>(() => _pump.Run(() => SendAsync(test)));
        Assert.Equal(NetFailure.FrameLost, failure.Kind);
        Assert.Equal(1, test.DamagedFrames);
    }

    [Fact]
    public void ATestThatIsOverHearsNothing()
    {
        new LoopbackTest(_stack, _net0, _net1, 0, false).Dispose();
        using var test = new LoopbackTest(_stack, _net1, _net0, 0, false);
        _pump.Run(() => SendAsync(test));
        Assert.Equal(0, _net0.Counters.ReceivedFramesRefused);
    }

    [Fact]
    public void WhatCannotBeSentIsRefused()
    {
        Assert.Equal(NetFailure.DatagramTooLong,
            Assert.Throws<BootFailure>(() => new LoopbackTest(_stack, _net0, _net1, 1501, false)).Kind);
        _net1.Close();
        Assert.Equal(NetFailure.InterfaceClosed,
            Assert.Throws<BootFailure>(() => new LoopbackTest(_stack, _net0, _net1, 0, false)).Kind);
    }

    [Fact]
    public void CtrlCEndsIt()
    {
        using var test = new LoopbackTest(_stack, _net0, _net1, 0, false);
        _stop.Cancel();
        Assert.Throws<System.OperationCanceledException>(() => _pump.Run(() => SendAsync(test)));
    }
}
