using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects IPv4 and ICMP: whose packets are taken, fragments within limits, echoes and errors.</summary>
public class Ipv4Tests
{
    private readonly StackTalk _talk = new();
    private readonly UdpSocket _socket;
    private ushort _identification = 100;

    public Ipv4Tests() => _socket = _talk.Stack.BindUdp(null, 5000, queueBytes: 70_000);

    private byte[]? Received() => _socket.TryReceive(out UdpDatagram datagram) ? datagram.Payload.ToArray() : null;

    private static byte[] Datagram(byte[] payload) =>
        Frames.UdpDatagram(Cast.PeerIp, 69, Cast.OurIp, 5000, payload);

    private static byte[] Fragment(ushort identification, byte[] payload, int start, int length, bool more)
    {
        var header = new Ipv4Header(Cast.PeerIp, Cast.OurIp, IpProtocol.Udp, identification)
        {
            FragmentOffsetBytes = start, MoreFragments = more,
        };
        return Frames.Ipv4(header, payload.AsSpan(start, length));
    }

    private List<byte[]> Fragments(byte[] payload, int size)
    {
        _identification++;
        var fragments = new List<byte[]>();
        for (int start = 0; start < payload.Length; start += size)
        {
            int length = Math.Min(size, payload.Length - start);
            fragments.Add(Fragment(_identification, payload, start, length, start + length < payload.Length));
        }
        return fragments;
    }

    private static byte[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7))];

    /// <summary>A frame of a packet whose header is made wrong and, if asked, its checksum right again.</summary>
    private static byte[] Broken(Action<byte[]> change, bool fixChecksum = true)
    {
        byte[] frame = Frames.Udp(69, 5000, "x"u8);
        change(frame);
        if (fixChecksum)
        {
            int headerBytes = Math.Min((frame[14] & 15) * 4, frame.Length - 14);
            if (headerBytes < 12) headerBytes = 20;
            (frame[24], frame[25]) = (0, 0);
            BigEndian.WriteU16(frame, 24, InternetChecksum.Of(frame.AsSpan(14, headerBytes)));
        }
        return frame;
    }

    [Fact]
    public void FragmentsInAnyOrderMakeTheDatagram()
    {
        byte[] payload = Numbers(3000);
        List<byte[]> fragments = Fragments(Datagram(payload), 1024);
        Assert.Equal(3, fragments.Count);
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        foreach (int[] order in orders)
        {
            foreach (int i in order) _talk.Deliver(fragments[i]);
            Assert.Equal(payload, Received());
            Assert.Null(Received());
        }
    }

    [Fact]
    public void TheLongestDatagramIsPutTogether()
    {
        byte[] payload = Numbers(65_507);
        foreach (byte[] fragment in Fragments(Datagram(payload), 1480)) _talk.Deliver(fragment);
        Assert.Equal(payload, Received());
    }

    [Fact]
    public void AFragmentThatComesTooLateDoesNotComplete()
    {
        List<byte[]> fragments = Fragments(Datagram(Numbers(2000)), 1024);
        _talk.Deliver(fragments[0]);
        _talk.Run(15_000);
        _talk.Deliver(fragments[1]);
        Assert.Null(Received());
    }

    [Fact]
    public void I1_HeaderLengthsThatCannotBe()
    {
        for (byte words = 0; words < 16; words++)
        {
            if (words == 5) continue;
            byte value = (byte)(0x40 | words);
            _talk.Deliver(Broken(frame => frame[14] = value));
        }
        Assert.Null(Received());
        Assert.Equal(15, _talk.Drops(DropReason.MalformedIpv4) + _talk.Drops(DropReason.MalformedUdp));
    }

    [Fact]
    public void I2_TotalLengthsThatCannotBe()
    {
        foreach (ushort total in new ushort[] { 0, 1, 19, 47, 1500, 65535 })
            _talk.Deliver(Broken(frame => BigEndian.WriteU16(frame, 16, total)));
        Assert.Null(Received());
        Assert.Equal(6, _talk.Drops(DropReason.MalformedIpv4) + _talk.Drops(DropReason.MalformedUdp));
    }

    [Fact]
    public void I3_TinyFragments()
    {
        for (ushort total = 20; total < 28; total++)
        {
            for (int more = 0; more < 2; more++)
            {
                _talk.Deliver(Broken(frame =>
                {
                    BigEndian.WriteU16(frame, 16, total);
                    BigEndian.WriteU16(frame, 20, (ushort)(0x2000 * more | 185));
                }));
            }
        }
        Assert.Null(Received());
        foreach (byte[] fragment in Fragments(Datagram(Numbers(100)), 8)) _talk.Deliver(fragment);
        Assert.Equal(Numbers(100), Received());
    }

    [Fact]
    public void I4_AFragmentAtTheEndThatPromisesMore()
    {
        byte[] payload = new byte[65_528];
        _talk.Deliver(Fragment(7, payload, 65_504, 8, more: true));
        _talk.Deliver(Fragment(7, payload, 0, 1480, more: true));
        Assert.Null(Received());
        _talk.Deliver(Frames.Udp(69, 5000, "still here"u8));
        Assert.Equal("still here"u8.ToArray(), Received());
    }

    [Fact]
    public void I5_OverlappingFragmentsGiveThePacketUp()
    {
        byte[] datagram = Datagram(Numbers(2000));
        foreach ((int start, int length) in new[] { (0, 1032), (1016, 992), (512, 8), (8, 1024) })
        {
            List<byte[]> fragments = Fragments(datagram, 1024);
            _talk.Deliver(fragments[0]);
            byte[] other = [.. datagram];
            other[start + length - 1] ^= 1;
            _talk.Deliver(Fragment(_identification, other, start, length, more: true));
            _talk.Deliver(fragments[1]);
            Assert.Null(Received());
        }
        Assert.InRange(_talk.Drops(DropReason.BadFragment), 8, 8);   // the overlap and what follows it
    }

    [Fact]
    public void I5_TheSameFragmentAThousandTimesIsOneFragment()
    {
        List<byte[]> fragments = Fragments(Datagram(Numbers(2000)), 1024);
        for (int i = 0; i < 1000; i++) _talk.Deliver(fragments[0]);
        Assert.Null(Received());
        _talk.Deliver(fragments[1]);
        Assert.Equal(Numbers(2000), Received());
    }

    [Fact]
    public void I5_FragmentsBehindTheLastOne()
    {
        byte[] datagram = Datagram(Numbers(2000));
        List<byte[]> fragments = Fragments(datagram, 1024);
        byte[] longer = new byte[4000];
        _talk.Deliver(fragments[1], Fragment(_identification, longer, 3000, 500, more: false), fragments[0]);
        Assert.Null(Received());
        fragments = Fragments(datagram, 1024);
        _talk.Deliver(Fragment(_identification, longer, 3000, 504, more: true), fragments[1], fragments[0]);
        Assert.Null(Received());
    }

    [Fact]
    public void I5_ASumOfMoreThanTheLongestPacket()
    {
        byte[] payload = new byte[66_000];
        byte[] frame = Frames.Ipv4(
            new Ipv4Header(Cast.PeerIp, Cast.OurIp, IpProtocol.Udp, 9) { FragmentOffsetBytes = 65_528 },
            payload.AsSpan(0, 1000));
        _talk.Deliver(frame);
        Assert.Equal(1, _talk.Drops(DropReason.MalformedIpv4));
    }

    [Fact]
    public void I6_ALastFragmentOfOneByteIsAccepted()
    {
        byte[] payload = Numbers(1024 - 8 + 1);
        List<byte[]> fragments = Fragments(Datagram(payload), 1024);
        foreach (byte[] fragment in fragments) _talk.Deliver(fragment);
        Assert.Equal(payload, Received());
    }

    [Fact]
    public void I7_AFloodOfFragmentsStaysWithinFourPackets()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] frame = Fragment(0, new byte[8], 0, 8, more: true);
        for (int i = 0; i < 100_000; i++)
        {
            BigEndian.WriteU16(frame, 18, (ushort)i);
            BigEndian.WriteU16(frame, 20, (ushort)(0x2000 | (i & 63) * 64));
            (frame[24], frame[25]) = (0, 0);
            BigEndian.WriteU16(frame, 24, InternetChecksum.Of(frame.AsSpan(14, 20)));
            _talk.Device.Deliver(frame);
            if (i % 64 == 0) _talk.Stack.Poll(_talk.Clock.Now);
        }
        _talk.Deliver();
        Assert.Equal(0, _talk.Drops(DropReason.MalformedIpv4));
        long ownCopies = 100_000L * (frame.Length + 24);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before - ownCopies, 0, 700_000);
        List<byte[]> fragments = Fragments(Datagram(Numbers(2000)), 1024);
        _talk.Deliver(fragments[0], fragments[1]);
        Assert.Equal(Numbers(2000), Received());
    }

    [Theory]
    [InlineData(0x83, 3, 4)]
    [InlineData(0x83, 0, 4)]
    [InlineData(0x89, 7, 255)]
    [InlineData(0x89, 255, 4)]
    [InlineData(0x83, 1, 4)]
    public void I8_SourceRoutesAreRefused(byte kind, byte length, byte pointer)
    {
        byte[] datagram = Datagram("x"u8.ToArray());
        byte[] packet = new byte[24 + datagram.Length];
        new Ipv4Header(Cast.PeerIp, Cast.OurIp, IpProtocol.Udp, 1).Emit(packet, 4 + datagram.Length);
        packet[0] = 0x46;
        (packet[20], packet[21], packet[22]) = (kind, length, pointer);
        datagram.CopyTo(packet, 24);
        (packet[10], packet[11]) = (0, 0);
        BigEndian.WriteU16(packet, 10, InternetChecksum.Of(packet.AsSpan(0, 24)));
        _talk.Deliver(Frames.Ethernet(Cast.PeerMac, Cast.OurMac, EtherType.Ipv4, packet));
        Assert.Null(Received());
        Assert.Equal(1, _talk.Drops(DropReason.SourceRoute) + _talk.Drops(DropReason.MalformedIpv4));
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.255")]
    [InlineData("255.255.255.255")]
    [InlineData("224.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData("240.0.0.1")]
    public void I9_SourcesThatCannotBe(string text)
    {
        Assert.True(Ipv4Address.TryParse(text, out Ipv4Address source));
        byte[] datagram = Frames.UdpDatagram(source, 69, Cast.OurIp, 5000, "x"u8);
        _talk.Deliver(Frames.Ipv4(new Ipv4Header(source, Cast.OurIp, IpProtocol.Udp, 1), datagram));
        byte[] syn = new byte[20];
        new TcpHeader { SourcePort = 5000, TargetPort = 5000, Flags = TcpFlags.Syn }.Emit(syn, source, Cast.OurIp);
        _talk.Deliver(Frames.Ipv4(new Ipv4Header(source, Cast.OurIp, IpProtocol.Tcp, 1), syn));
        Assert.Null(Received());
        Assert.Equal(2, _talk.Drops(DropReason.BadSource));
        _talk.ExpectSilence();
    }

    [Fact]
    public void I10_WrongChecksumsAreRefused()
    {
        _talk.Deliver(Broken(frame => frame[24] ^= 1, fixChecksum: false));
        Assert.Equal(1, _talk.Drops(DropReason.MalformedIpv4));
        _talk.Deliver(Broken(frame => frame[40] ^= 1, fixChecksum: false));
        Assert.Equal(1, _talk.Drops(DropReason.MalformedUdp));
        byte[] echo = Frames.IcmpEcho(1, 1, "x"u8);
        echo[36] ^= 1;
        _talk.Deliver(echo);
        Assert.Equal(1, _talk.Drops(DropReason.MalformedIcmp));
        Assert.Null(Received());
        _talk.Deliver(Broken(frame => (frame[40], frame[41]) = (0, 0), fixChecksum: false));   // none: IPv4 allows it
        Assert.NotNull(Received());
    }

    [Fact]
    public void PacketsForOthersAreLeftAlone()
    {
        byte[] datagram = Frames.UdpDatagram(Cast.PeerIp, 69, Cast.FarIp, 5000, "x"u8);
        _talk.Deliver(Frames.Ipv4(new Ipv4Header(Cast.PeerIp, Cast.FarIp, IpProtocol.Udp, 1), datagram));
        Assert.Equal(1, _talk.Drops(DropReason.OtherAddress));
        Assert.Null(Received());
    }

    [Fact]
    public void EchoesAreAnsweredWithTheirData()
    {
        _talk.Introduce();
        _talk.Deliver(Frames.IcmpEcho(77, 5, Numbers(500)));
        Assert.True(Ipv4View.TryRead(_talk.TakeSent().AsSpan(14), out Ipv4View packet, out _));
        Assert.Equal(Cast.PeerIp, packet.Target);
        Assert.True(IcmpView.TryRead(packet.Payload, out IcmpView reply, out _));
        Assert.Equal(IcmpType.EchoReply, reply.Type);
        Assert.Equal((77, 5), (reply.Identifier, reply.Sequence));
        Assert.Equal(Numbers(500), reply.Payload.ToArray());
    }

    [Fact]
    public void AFloodOfEchoesIsAnsweredWithinLimits()
    {
        _talk.Introduce();
        for (int i = 0; i < 1000; i++) _talk.Deliver(Frames.IcmpEcho(1, (ushort)i, []));
        Assert.InRange(_talk.Device.Sent.Count, 100, 201);
        _talk.Device.Sent.Clear();
        _talk.Run(1_000);
        _talk.Deliver(Frames.IcmpEcho(1, 1, []));
        Assert.Single(_talk.Device.Sent);
    }

    [Fact]
    public void AnEchoToEveryoneIsNotAnswered()
    {
        byte[] frame = Frames.IcmpEcho(1, 1, []);
        MacAddress.Broadcast.Write(frame);
        _talk.Deliver(frame);
        _talk.ExpectSilence();
    }
}
