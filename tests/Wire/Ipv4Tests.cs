using System;
using System.Buffers.Binary;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects IPv4, ICMP and UDP: golden bytes both ways, and nothing malformed gets past the header
/// check.</summary>
public class Ipv4Tests
{
    [Fact]
    public void APacketIsReadAndWritten()
    {
        byte[] padded = [.. Samples.Ipv4Packet, 0, 0, 0];
        Assert.True(Ipv4View.TryRead(padded, out Ipv4View view, out _));
        Assert.Equal(Samples.OurAddress, view.Source);
        Assert.Equal(Samples.TheirAddress, view.Target);
        Assert.Equal(IpProtocol.Udp, view.Protocol);
        Assert.True(view.DontFragment && !view.IsFragment && !view.MoreFragments);
        Assert.Equal([0xde, 0xad, 0xbe, 0xef], view.Payload.ToArray());
        Assert.Equal(24, view.Packet.Length);
        var header = new Ipv4Header(view.Source, view.Target, IpProtocol.Udp, 0x1234) { DontFragment = true };
        var bytes = (byte[])Samples.Ipv4Packet.Clone();
        bytes.AsSpan(0, 20).Fill(0xcc);
        Assert.Equal(20, header.Emit(bytes, 4));
        Assert.Equal(Samples.Ipv4Packet, bytes);
    }

    [Fact]
    public void I6_ALastFragmentOfOneByteIsAccepted()
    {
        Assert.True(Ipv4View.TryRead(Samples.Ipv4LastFragment, out Ipv4View view, out _));
        Assert.Equal(1480, view.FragmentOffsetBytes);
        Assert.True(view.IsFragment && !view.MoreFragments && !view.HasSourceRoute);
        Assert.Equal([0x99], view.Payload.ToArray());
        Assert.Equal(4, view.Options.Length);
        byte[] without = Packet(totalBytes: 21, fragment: 185);
        Assert.True(Ipv4View.TryRead(without, out _, out _));
    }

    [Theory]
    [InlineData(0x44)]
    [InlineData(0x40)]
    [InlineData(0x4f)]
    public void I1_AHeaderLengthThatCannotBeIsRefused(byte first)
    {
        byte[] bytes = Packet(totalBytes: 40, first: first);
        Assert.False(Ipv4View.TryRead(bytes, out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(41)]
    [InlineData(65535)]
    public void I2_ATotalLengthThatCannotBeIsRefused(ushort totalBytes)
    {
        byte[] bytes = Packet(totalBytes: 40);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), totalBytes);
        Fix(bytes);
        Assert.False(Ipv4View.TryRead(bytes, out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Theory]
    [InlineData(20, 0x2000)]
    [InlineData(21, 0x2000)]
    [InlineData(27, 0x2000)]
    [InlineData(20, 0x2001)]
    [InlineData(20, 0x0001)]
    [InlineData(29, 0x2005)]
    public void I3_AFragmentThatIsEmptyOrNoMultipleOfEightIsRefused(int totalBytes, ushort fragment)
    {
        Assert.False(Ipv4View.TryRead(Packet(totalBytes, fragment), out _, out ParseError error));
        Assert.Equal(ParseError.BadFragment, error);
    }

    [Theory]
    [InlineData(28, 0x3fff)]
    [InlineData(28, 0x1fff)]
    [InlineData(30, 0x1ffe)]
    public void I4_I5_AFragmentThatEndsPastTheLongestPacketIsRefused(int totalBytes, ushort fragment)
    {
        Assert.False(Ipv4View.TryRead(Packet(totalBytes, fragment), out _, out ParseError error));
        Assert.Equal(ParseError.BadFragment, error);
    }

    [Fact]
    public void I8_MalformedOptionsAreRefusedAndSourceRoutesSeen()
    {
        Assert.True(Ipv4View.TryRead(WithOptions(0x83, 4, 4, 0), out Ipv4View loose, out _) && loose.HasSourceRoute);
        Assert.True(Ipv4View.TryRead(WithOptions(0x89, 3, 4, 0), out Ipv4View strict, out _) && strict.HasSourceRoute);
        Assert.True(Ipv4View.TryRead(WithOptions(1, 1, 0, 0x83), out Ipv4View none, out _) && !none.HasSourceRoute);
        foreach (byte[] options in new byte[][] { [0x83, 0, 0, 0], [0x83, 1, 0, 0], [0x83, 5, 0, 0], [1, 1, 1, 0x83] })
        {
            Assert.False(Ipv4View.TryRead(WithOptions(options), out _, out ParseError error));
            Assert.Equal(ParseError.BadOption, error);
        }
    }

    [Fact]
    public void I10_AWrongChecksumIsRefused()
    {
        byte[] packet = (byte[])Samples.Ipv4Packet.Clone();
        packet[10] ^= 1;
        Assert.False(Ipv4View.TryRead(packet, out _, out ParseError error));
        Assert.Equal(ParseError.BadChecksum, error);

        byte[] datagram = (byte[])Samples.UdpDatagram.Clone();
        datagram[8] ^= 1;
        Assert.False(UdpView.TryRead(datagram, Samples.OurAddress, Samples.TheirAddress, out _, out error));
        Assert.Equal(ParseError.BadChecksum, error);
        (datagram[6], datagram[7]) = (0, 0);
        Assert.True(UdpView.TryRead(datagram, Samples.OurAddress, Samples.TheirAddress, out _, out _));
        Assert.False(UdpView.TryRead(datagram, new Ipv6Address(1, 2), new Ipv6Address(3, 4), out _, out error));
        Assert.Equal(ParseError.BadChecksum, error);

        byte[] segment = (byte[])Samples.TcpSyn.Clone();
        segment[4] ^= 1;
        Assert.False(TcpView.TryRead(segment, Samples.OurAddress, Samples.TheirAddress, out _, out _, out error));
        Assert.Equal(ParseError.BadChecksum, error);
    }

    [Fact]
    public void ADatagramIsReadAndWritten()
    {
        byte[] padded = [.. Samples.UdpDatagram, 7, 7];
        Assert.True(UdpView.TryRead(padded, Samples.OurAddress, Samples.TheirAddress, out UdpView view, out _));
        Assert.Equal((68, 67), (view.SourcePort, view.TargetPort));
        Assert.Equal("abc"u8.ToArray(), view.Payload.ToArray());
        byte[] bytes = (byte[])Samples.UdpDatagram.Clone();
        bytes.AsSpan(0, 8).Fill(0xcc);
        Assert.Equal(8, new UdpHeader(68, 67).Emit(bytes, Samples.OurAddress, Samples.TheirAddress));
        Assert.Equal(Samples.UdpDatagram, bytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(65535)]
    public void AUdpLengthThatCannotBeIsRefused(ushort length)
    {
        byte[] bytes = (byte[])Samples.UdpDatagram.Clone();
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), length);
        Assert.False(UdpView.TryRead(bytes, Samples.OurAddress, Samples.TheirAddress, out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void AChecksumThatComesOutAsZeroIsSentAsOnes()
    {
        for (int i = 0; i < 65536; i++)
        {
            byte[] bytes = [0, 0, 0, 0, 0, 0, 0, 0, (byte)(i >> 8), (byte)i];
            new UdpHeader(1, 2).Emit(bytes, Samples.OurAddress, Samples.TheirAddress);
            Assert.False(bytes[6] == 0 && bytes[7] == 0);
            Assert.True(UdpView.TryRead(bytes, Samples.OurAddress, Samples.TheirAddress, out _, out _));
        }
    }

    [Fact]
    public void AnEchoIsReadAndWritten()
    {
        Assert.True(IcmpView.TryRead(Samples.IcmpEchoRequest, out IcmpView view, out _));
        Assert.Equal(IcmpType.Echo, view.Type);
        Assert.Equal((0x1234, 1), (view.Identifier, view.Sequence));
        byte[] bytes = (byte[])Samples.IcmpEchoRequest.Clone();
        bytes.AsSpan(0, 8).Fill(0xcc);
        Assert.Equal(8, new IcmpEcho(IsReply: false, 0x1234, 1).Emit(bytes));
        Assert.Equal(Samples.IcmpEchoRequest, bytes);
    }

    [Fact]
    public void AnUnreachableTellsWhosePacketItIsAbout()
    {
        Assert.True(IcmpView.TryRead(Samples.IcmpPortUnreachable, out IcmpView view, out _));
        Assert.Equal(UnreachableCode.Port, view.UnreachableCode);
        Assert.True(view.TryReadQuote(out IcmpQuote quote));
        var expected = new IcmpQuote(
            Samples.OurAddress, Samples.TheirAddress, IpProtocol.Udp, 49152, 69, new SeqNumber(0x000b1234));
        Assert.Equal(expected, quote);
        for (int cut = 8; cut < Samples.IcmpPortUnreachable.Length; cut++)
        {
            byte[] bytes = Samples.IcmpPortUnreachable[..cut];
            (bytes[2], bytes[3]) = (0, 0);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), InternetChecksum.Of(bytes));
            Assert.True(IcmpView.TryRead(bytes, out IcmpView shorter, out _));
            Assert.False(shorter.TryReadQuote(out _));
        }
    }

    [Fact]
    public void AnUnreachableQuotesTheHeaderAndEightBytes()
    {
        byte[] packet = Packet(totalBytes: 40);
        Assert.True(Ipv4View.TryRead(packet, out Ipv4View view, out _));
        var bytes = new byte[100];
        int length = new IcmpUnreachable(UnreachableCode.Port).Emit(bytes, view);
        Assert.Equal(36, length);
        Assert.True(IcmpView.TryRead(bytes.AsSpan(0, length), out IcmpView icmp, out _));
        Assert.Equal(packet[..28], icmp.Payload.ToArray());
        Assert.True(icmp.TryReadQuote(out IcmpQuote quote) && quote.Source == view.Source);
    }

    private static byte[] Packet(int totalBytes, ushort fragment = 0, byte first = 0x45)
    {
        var bytes = new byte[Math.Max(totalBytes, 20)];
        Samples.Ipv4Packet.AsSpan(0, 20).CopyTo(bytes);
        bytes[0] = first;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)totalBytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), fragment);
        return Fix(bytes);
    }

    private static byte[] WithOptions(params byte[] options)
    {
        byte[] bytes = [.. Packet(24)[..20], .. options];
        bytes[0] = 0x46;
        return Fix(bytes);
    }

    private static byte[] Fix(byte[] bytes)
    {
        int headerBytes = Math.Min((bytes[0] & 15) * 4, bytes.Length);
        (bytes[10], bytes[11]) = (0, 0);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(10), InternetChecksum.Of(bytes.AsSpan(0, headerBytes)));
        return bytes;
    }
}
