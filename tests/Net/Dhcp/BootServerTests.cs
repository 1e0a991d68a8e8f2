using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Tests.Wire;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>A conversation with the search for PXE boot servers: whom it asks, in what order, and whose answer counts
/// (spec/ipxe-compat.md 4.2).</summary>
public class BootServerTests
{
    private const ushort Type = 9;
    private static readonly Ipv4Address Group = new(224, 0, 1, 2);

    private readonly StackTalk _talk = new();
    private readonly Instant _startedAt;
    private readonly CancellationTokenSource _stop = new();
    private Task<byte[]>? _run;
    private uint _xid;

    public BootServerTests()
    {
        _talk.Introduce();
        _startedAt = _talk.Clock.Now;
    }

    private void Begin(params byte[] options)
    {
        byte[] lease = DhcpTests.Reply([.. options, 255]);
        var client = new BootServerClient(_talk.Pump, _talk.Stack, new SeededEntropy(3));
        _talk.Pump.Run(() =>
        {
            _run = client.RunAsync(_talk.Net0, new DhcpIdentity { Architecture = 7 }, Type, lease, _stop.Token);
            return Task.CompletedTask;
        });
    }

    private static byte[] Vendor(params byte[] options) => [43, (byte)options.Length, .. options];

    private void RunTo(int atMs) => _talk.Run(atMs - (int)(_talk.Clock.Now - _startedAt).Milliseconds);

    private DhcpView Expect(int atMs, Ipv4Address target, ushort port, MacAddress station)
    {
        if (atMs > 0)
        {
            RunTo(atMs - 1);
            _talk.ExpectSilence();
        }
        RunTo(atMs);
        Assert.True(EthernetView.TryRead(_talk.TakeSent(), out EthernetView frame, out _));
        Assert.Equal(station, frame.Target);
        Assert.True(Ipv4View.TryRead(frame.Payload, out Ipv4View packet, out _));
        Assert.Equal(target, packet.Target);
        Assert.True(UdpView.TryRead(packet.Payload, packet.Source, packet.Target, out UdpView datagram, out _));
        Assert.Equal((68, port), (datagram.SourcePort, datagram.TargetPort));
        Assert.True(DhcpView.TryRead(datagram.Payload, out DhcpView message, out _));
        Assert.Equal(DhcpMessageType.Request, message.Type);
        Assert.Equal(Cast.OurIp, message.ClientAddress);
        Assert.True(message.TryFind(new DhcpTag(43, 71), out ReadOnlySpan<byte> item));
        Assert.Equal([0, 9, 0, 0], item.ToArray());
        _xid = message.Xid;
        return message;
    }

    private void Answer(DhcpReply reply)
    {
        byte[] datagram =
            Frames.UdpDatagram(reply.Source, reply.SourcePort, Cast.OurIp, 68, reply.Message(_xid));
        byte[] packet = Frames.Packet(new Ipv4Header(reply.Source, Cast.OurIp, IpProtocol.Udp, 1), datagram);
        _talk.Deliver(Frames.Ethernet(Cast.PeerMac, Cast.OurMac, EtherType.Ipv4, packet));
        _talk.Run(0);
    }

    private static DhcpReply Good => DhcpReply.Ack with
    {
        Your = default, SourcePort = 4011, NextServer = Cast.PeerIp, File = "menu.efi",
        Options = Vendor(71, 4, 0, 9, 0, 0, 255),
    };

    [Fact]
    public void WithoutAnyWordEverybodyIsAsked()
    {
        Begin();
        Expect(0, Ipv4Address.Broadcast, 67, MacAddress.Broadcast);
        Answer(Good);
        byte[] packet = _talk.Pump.Run(() => _run!);
        Assert.True(DhcpView.TryRead(packet, out DhcpView view, out _));
        Assert.Equal("menu.efi", view.FindText(DhcpOption.FileName));
    }

    [Fact]
    public void GroupEverybodyAndServersAreAskedInTurn()
    {
        Begin(Vendor(7, 4, 224, 0, 1, 2, 8, 14, 0, 8, 1, 10, 0, 0, 9, 0, 9, 1, 10, 0, 0, 2, 255));
        MacAddress station = Cast.Mac(1, 0, 0x5e, 0, 1, 2);
        Expect(0, Group, 4011, station);
        Expect(1000, Group, 4011, station);
        Expect(3000, Ipv4Address.Broadcast, 67, MacAddress.Broadcast);
        Expect(4000, Ipv4Address.Broadcast, 67, MacAddress.Broadcast);
        Expect(6000, Cast.PeerIp, 4011, Cast.PeerMac);
        Expect(7000, Cast.PeerIp, 4011, Cast.PeerMac);
        RunTo(9000);
        BootFailure failure = Assert.Throws<BootFailure>(() => _talk.Pump.Run(() => _run!));
        Assert.Equal(DhcpFailure.NoBootServer, failure.Kind);
    }

    [Fact]
    public void ForbiddenWaysAreNotUsed()
    {
        Begin(Vendor(6, 1, 3, 7, 4, 224, 0, 1, 2, 8, 7, 0, 9, 1, 10, 0, 0, 2, 255));
        Expect(0, Cast.PeerIp, 4011, Cast.PeerMac);
        Answer(Good);
        Assert.True(_run!.IsCompletedSuccessfully);
    }

    [Fact]
    public void WhereNobodyMayBeAskedThereIsNoAnswer()
    {
        Begin(Vendor(6, 1, 3, 255));
        Assert.Equal(DhcpFailure.NoBootServer,
            Assert.Throws<BootFailure>(() => _talk.Pump.Run(() => _run!)).Kind);
        _talk.ExpectSilence();
    }

    [Fact]
    public void AServerThatRefusesIsLeftForTheNext()
    {
        Begin(Vendor(6, 1, 3, 8, 11, 0, 9, 2, 10, 0, 0, 2, 10, 0, 0, 2, 255));
        Expect(0, Cast.PeerIp, 4011, Cast.PeerMac);
        Expect(1000, Cast.PeerIp, 4011, Cast.PeerMac);
        Expect(3000, Cast.PeerIp, 4011, Cast.PeerMac);
        Answer(Good);
        Assert.True(_run!.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(67)]
    [InlineData(4011)]
    public void ABootServerAnswersFromEitherPort(ushort port)
    {
        Begin();
        Expect(0, Ipv4Address.Broadcast, 67, MacAddress.Broadcast);
        Answer(Good with { SourcePort = port });
        Assert.True(_run!.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("xid")]
    [InlineData("mac")]
    [InlineData("port")]
    [InlineData("type")]
    [InlineData("item")]
    [InlineData("unlisted")]
    public void AWrongAnswerDoesNotCount(string wrong)
    {
        Begin(Vendor(6, 1, 4, 8, 7, 0, 9, 1, 10, 0, 0, 2, 255));
        Expect(0, Ipv4Address.Broadcast, 67, MacAddress.Broadcast);
        Answer(wrong switch
        {
            "xid" => Good with { Xid = _xid ^ 1 },
            "mac" => Good with { Mac = Cast.StrangerMac },
            "port" => Good with { SourcePort = 4012 },
            "type" => Good with { Type = DhcpMessageType.Offer },
            "item" => Good with { Options = Vendor(71, 4, 0, 10, 0, 0, 255) },
            _ => Good with { ServerId = Cast.StrangerIp, Source = Cast.StrangerIp },
        });
        Assert.False(_run!.IsCompleted);
        Answer(Good);
        Assert.True(_run.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(new byte[0], 0)]
    [InlineData(new byte[] { 0, 9, 1, 10, 0, 0, 2 }, 1)]
    [InlineData(new byte[] { 0, 9, 2, 10, 0, 0, 2, 10, 0, 0 }, 1)]                       // cut short
    [InlineData(new byte[] { 0, 9, 255, 10, 0, 0, 2 }, 1)]
    [InlineData(new byte[] { 0, 8, 2, 10, 0, 0, 2, 0, 9, 1, 10, 0, 0, 3 }, 0)]           // cut inside another type
    [InlineData(new byte[] { 0, 9, 0, 0, 9, 1, 10, 0, 0, 2 }, 1)]
    [InlineData(new byte[] { 0, 9, 2, 0, 0, 0, 0, 255, 255, 255, 255 }, 0)]              // no hosts
    public void TheServerListCountsAsFarAsItGoes(byte[] list, int count)
    {
        byte[] packet = DhcpTests.Reply([.. Vendor([8, (byte)list.Length, .. list]), 255]);
        Assert.True(DhcpView.TryRead(packet, out DhcpView view, out _));
        Assert.Equal(count, PxeDiscovery.Read(view, Type).Servers.Count);
    }

    [Fact]
    public void NoMoreThanSixteenServersAreAsked()
    {
        byte[] list = [0, 9, 20, .. Enumerable.Range(1, 20).SelectMany(it => (byte[])[10, 0, 0, (byte)it])];
        byte[] packet = DhcpTests.Reply([.. Vendor([8, (byte)list.Length, .. list]), 255]);
        Assert.True(DhcpView.TryRead(packet, out DhcpView view, out _));
        Assert.Equal(16, PxeDiscovery.Read(view, Type).Servers.Count);
    }

    [Fact]
    public void CtrlCEndsIt()
    {
        Begin();
        _stop.Cancel();
        _talk.Run(0);
        Assert.True(_run!.IsCanceled);
    }

    [Fact]
    public void WithoutAnAddressNothingIsAsked()
    {
        _talk.Net0.Configure(null);
        Begin();
        Assert.Equal(NetFailure.NoRoute, Assert.Throws<BootFailure>(() => _talk.Pump.Run(() => _run!)).Kind);
        _talk.ExpectSilence();
    }
}
