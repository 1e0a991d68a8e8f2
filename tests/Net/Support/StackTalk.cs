using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>A conversation with a stack of one card: the test is everything at the other end of the cable.</summary>
internal sealed class StackTalk
{
    public StackTalk(bool configured = true, int receiveFramesMax = 1024)
    {
        Pump = new Pump(Clock);
        Stack = new NetworkStack(Pump, new SeededEntropy(1));
        Stack.FaultReported = (_, fault) => Fault ??= fault;
        Device = new QueueDevice(Cast.OurMac) { ReceiveFramesMax = receiveFramesMax };
        Net0 = Stack.Add(Device, "net0");
        if (!configured) return;
        Net0.Configure(new Ipv4Configuration(Cast.OurIp, 24) { Gateway = Cast.GatewayIp });
        Device.Sent.Clear();   // the announcement
    }

    public ManualClock Clock { get; } = new();
    public Pump Pump { get; }
    public NetworkStack Stack { get; }
    public QueueDevice Device { get; }
    public NetworkInterface Net0 { get; }

    /// <summary>The first exception a frame led to: no test expects one.</summary>
    public Exception? Fault { get; private set; }

    public void Run(int milliseconds) =>
        Pump.Run(() => Pump.Delay(Duration.FromMilliseconds(milliseconds), CancellationToken.None));

    /// <summary>Delivers frames in one burst and lets the stack work.</summary>
    public void Deliver(params byte[][] frames)
    {
        foreach (byte[] frame in frames) Device.Deliver(frame);
        Run(0);
        Assert.Null(Fault);
    }

    /// <summary>The oldest frame the stack has sent and nobody has looked at.</summary>
    public byte[] TakeSent()
    {
        Assert.NotEmpty(Device.Sent);
        return Device.Sent.Dequeue();
    }

    public void ExpectSilence(int untilMs = 0)
    {
        if (untilMs > 0) Run(untilMs);
        Assert.Empty(Device.Sent);
    }

    public ArpMessage ExpectArp(MacAddress target)
    {
        Assert.True(EthernetView.TryRead(TakeSent(), out EthernetView frame, out _));
        Assert.Equal(EtherType.Arp, frame.Type);
        Assert.Equal(target, frame.Target);
        Assert.True(ArpView.TryRead(frame.Payload, out ArpView arp, out _));
        return arp.ToMessage();
    }

    /// <summary>Lets the stack find its peer, so that tests begin after ARP.</summary>
    public void Introduce()
    {
        UdpSocket socket = Stack.BindUdp(null, 0);
        socket.Send(Cast.PeerIp, 9, []);
        Deliver(Frames.ArpReply(Cast.PeerMac, Cast.PeerIp));
        Device.Sent.Clear();
        socket.Dispose();
    }

    public long Drops(DropReason reason) => Net0.Counters.Drops(reason);

    public bool Wait(UdpSocket socket, int milliseconds) => Pump.Run(() =>
        socket.WaitAsync(Clock.Now + Duration.FromMilliseconds(milliseconds), CancellationToken.None).AsTask());
}
