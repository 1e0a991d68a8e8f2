using System;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Tests.Wire;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects what the stack and the boot read out of a lease, own or from the firmware.</summary>
public class DhcpLeaseTests
{
    [Fact]
    public void ALeaseIsRead()
    {
        DhcpLease lease = DhcpLease.FromCachedPackets(Samples.Us, Samples.DhcpAck)!;
        Assert.Equal((Samples.OurAddress, 24), (lease.Address, lease.PrefixLength));
        Assert.Equal([new Ipv4Address(10, 0, 2, 3), new Ipv4Address(8, 8, 8, 8)], lease.DnsServers);
        Assert.Equal(("example.org", "boot.ipxe", "root"), (lease.Domain, lease.FileName, lease.RootPath));
        Assert.Equal((Samples.TheirAddress, 86400u), (lease.BootServer, lease.LeaseSeconds));
        Assert.Equal(["example.org"], lease.SearchList);
        var route = new Ipv4Route(new Ipv4Address(192, 168, 5, 0), 24, new Ipv4Address(10, 0, 2, 5));
        Assert.Equal([route], lease.Routes);
        Assert.True(lease.Gateway.IsUnspecified);   // RFC 3442: 121 beats 3
        Assert.Equal(Samples.DhcpAck, lease.Ack.ToArray());
    }

    [Theory]
    [InlineData("21 0a 00 00 00 0a 00 02 05")]          // width 33
    [InlineData("ff 0a 00 02 05")]
    [InlineData("18 c0 a8 05 0a 00 02")]
    [InlineData("00 0a 00 02 05 18")]
    public void D9_MalformedRoutesAreLeftOutAndTheGatewayCounts(string routes)
    {
        DhcpLease lease = WithOptions([.. Option(121, routes), 3, 4, 10, 0, 2, 2]);
        Assert.Empty(lease.Routes);
        Assert.Equal(Samples.TheirAddress, lease.Gateway);
    }

    [Fact]
    public void D9_RoutesOfEveryWidthAreRead()
    {
        DhcpLease lease = WithOptions(Option(
            121, "00 0a 00 02 05  08 0a 00 00 00 00  19 c0 a8 05 ff 0a 00 02 06  20 01 02 03 04 0a 00 02 07"));
        Assert.Equal(
            [
                new Ipv4Route(default, 0, new Ipv4Address(10, 0, 2, 5)),
                new Ipv4Route(new Ipv4Address(10, 0, 0, 0), 8, default),
                new Ipv4Route(new Ipv4Address(192, 168, 5, 128), 25, new Ipv4Address(10, 0, 2, 6)),
                new Ipv4Route(new Ipv4Address(1, 2, 3, 4), 32, new Ipv4Address(10, 0, 2, 7)),
            ],
            lease.Routes);
    }

    [Theory]
    [InlineData("ff ff ff 00", 24)]
    [InlineData("ff 00 ff 00", 8)]    // a hole: by class
    [InlineData("00 00 00 00", 8)]
    [InlineData("ff ff", 8)]
    [InlineData("", 8)]
    public void ANetmaskThatIsNoneGivesWayToTheClass(string mask, int expected) =>
        Assert.Equal(expected, WithOptions(Option(1, mask)).PrefixLength);

    [Fact]
    public void N9_AnyNumberOfDnsServersIsTakenUpToALimit()
    {
        Assert.Empty(WithOptions([]).DnsServers);
        Assert.Empty(WithOptions(Option(6, "0a 00 02")).DnsServers);
        DhcpLease odd = WithOptions(Option(6, "00 00 00 00 0a 00 02 02 0a 00 02 02 ff ff ff ff 0a"));
        Assert.Equal([Samples.TheirAddress], odd.DnsServers);
        byte[] many = new byte[4 * 60];
        for (int i = 0; i < 60; i++) (many[4 * i], many[4 * i + 3]) = (10, (byte)(i + 1));
        Assert.Equal(8, WithOptions([6, 240, .. many]).DnsServers.Count);
    }

    [Fact]
    public void TheSearchListIsReadWithItsPointers()
    {
        DhcpLease lease = WithOptions(Option(119, "03 \"eng\" 05 \"apple\" 03 \"com\" 00 09 \"marketing\" c0 04"));
        Assert.Equal(["eng.apple.com", "marketing.apple.com"], lease.SearchList);
        Assert.Empty(WithOptions(Option(119, "c0 00")).SearchList);
    }

    [Fact]
    public void AnMtuThatCannotBeIsLeftOut()
    {
        Assert.Equal(1400, WithOptions(Option(26, "05 78")).MtuBytes);
        Assert.Equal(0, WithOptions(Option(26, "00 44")).MtuBytes);
        Assert.Equal(0, WithOptions(Option(26, "7f ff ff ff")).MtuBytes);
    }

    [Fact]
    public void D16_WhateverStandsInOption67IsTheFileName()
    {
        Assert.Equal("not a url", WithOptions(Option(67, "\"not a url\"")).FileName);
        Assert.Null(WithOptions(Option(67, "00")).FileName);
    }

    [Fact]
    public void TheBootServerFallsBackToOption66AndTheServerThatSpoke()
    {
        Assert.Equal(Samples.TheirAddress, WithOptions(Option(66, "\"10.0.2.9\"")).BootServer);   // siaddr is there
        byte[] packet = DhcpTests.Reply([.. Option(54, "0a 00 02 08"), .. Option(66, "\"10.0.2.9\""), 255]);
        packet.AsSpan(20, 4).Clear();
        Assert.Equal(new Ipv4Address(10, 0, 2, 9), DhcpLease.FromCachedPackets(Samples.Us, packet)!.BootServer);
        packet = DhcpTests.Reply([.. Option(54, "0a 00 02 08"), .. Option(66, "\"host\""), 255]);
        packet.AsSpan(20, 4).Clear();
        Assert.Equal(new Ipv4Address(10, 0, 2, 8), DhcpLease.FromCachedPackets(Samples.Us, packet)!.BootServer);
    }

    [Fact]
    public void TheFirmwaresPacketsAreAskedBootServerFirst()
    {
        byte[] proxy = DhcpTests.Reply([.. Option(67, "\"proxy\""), 255]);
        byte[] pxe = DhcpTests.Reply([.. Option(67, "\"pxe\""), 255]);
        byte[] junk = new byte[1472];
        Assert.Equal("pxe", DhcpLease.FromCachedPackets(Samples.Us, Samples.DhcpAck, proxy, pxe)!.FileName);
        Assert.Equal("proxy", DhcpLease.FromCachedPackets(Samples.Us, Samples.DhcpAck, proxy, junk)!.FileName);
        DhcpLease lease = DhcpLease.FromCachedPackets(Samples.Us, Samples.DhcpAck, junk, junk)!;
        Assert.Equal("boot.ipxe", lease.FileName);
        Assert.True(lease.Proxy.IsEmpty && lease.Pxe.IsEmpty);
    }

    [Fact]
    public void AnOfferWillDoButNoOtherPacket()
    {
        byte[] offer = (byte[])Samples.DhcpAck.Clone();
        offer[242] = 2;
        byte[] padded = [.. offer, .. new byte[1000]];   // the firmware's buffer is longer than the packet
        Assert.NotNull(DhcpLease.FromCachedPackets(Samples.Us, padded));
        offer[242] = 6;
        Assert.Null(DhcpLease.FromCachedPackets(Samples.Us, offer));
        Assert.Null(DhcpLease.FromCachedPackets(Samples.Them, Samples.DhcpAck));
        Assert.Null(DhcpLease.FromCachedPackets(Samples.Us, Samples.DhcpDiscover));
        Assert.Null(DhcpLease.FromCachedPackets(Samples.Us, new byte[1472]));
        Assert.Null(DhcpLease.FromCachedPackets(Samples.Us, default));
    }

    private static DhcpLease WithOptions(byte[] options) =>
        DhcpLease.FromCachedPackets(Samples.Us, DhcpTests.Reply([53, 1, 5, .. options, 255]))!;

    private static byte[] Option(byte code, string value)
    {
        byte[] bytes = Golden.Bytes(value);
        return [code, (byte)bytes.Length, .. bytes];
    }
}
