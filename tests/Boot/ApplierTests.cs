using System;
using System.Linq;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects that settings act: addresses, routes, MTU and name servers follow what a script stores or a lease
/// brings, at once and with no further command (spec 3.3).</summary>
public class ApplierTests
{
    private readonly BootWorld _world = new BootWorld().WithCard();
    private readonly BootSession _session;

    public ApplierTests() => _session = _world.MakeSession();

    private NetworkInterface Card => _world.Network.Interfaces[0];

    [Fact]
    public void AnAddressIsUsedOnceTheCardIsOpen()
    {
        Set("net0/ip", "10.9.0.2");
        Assert.Null(Card.Ipv4);
        _session.Ports.Ports[0].Open();
        Assert.Equal("10.9.0.2/8", Describe());   // by class, as nobody said otherwise
        Set("net0/netmask", "255.255.255.0");
        Set("net0/gateway", "10.9.0.1");
        Assert.Equal("10.9.0.2/24 via 10.9.0.1", Describe());
        Set("net0/gateway", "");
        Assert.Equal("10.9.0.2/24", Describe());
        Set("net0/ip", "");
        Assert.Null(Card.Ipv4);
    }

    [Fact]
    public void ALeaseIsUsedAndWhatAScriptSetsCountsMore()
    {
        _session.Ports.Ports[0].Open();
        byte[] ack = BootWorld.Packet("10.0.2.15", "", "", 1, 4, 255, 255, 255, 0, 3, 4, 10, 0, 2, 2, 26, 2, 5, 0xaa);
        _session.Ports.Ports[0].Adopt(new LeasePackets(ack, default));
        Assert.Equal("10.0.2.15/24 via 10.0.2.2", Describe());
        Assert.Equal(1450, Card.MtuBytes);
        Set("net0/gateway", "10.0.2.9");
        Set("net0/mtu", "1300");
        Assert.Equal("10.0.2.15/24 via 10.0.2.9", Describe());
        Assert.Equal(1300, Card.MtuBytes);
    }

    /// <summary>RFC 3442: with option 121 the router option does not count.</summary>
    [Fact]
    public void StaticRoutesTakeTheGatewaysPlace()
    {
        _session.Ports.Ports[0].Open();
        Set("net0/ip", "10.0.2.15");
        Set("net0/netmask", "255.255.255.0");
        Set("net0/gateway", "10.0.2.2");
        Set("net0/static-routes", "10:c0:a8:0a:00:02:03:00:0a:00:02:04");
        Assert.Equal("10.0.2.15/24 192.168.0.0/16 via 10.0.2.3 0.0.0.0/0 via 10.0.2.4", Describe());
        Set("net0/static-routes", "ff:00");   // no list of routes
        Assert.Equal("10.0.2.15/24 via 10.0.2.2", Describe());
    }

    [Theory]
    [InlineData("1400", 1400)]
    [InlineData("9000", 1500)]    // no firmware carries longer frames
    [InlineData("100", 1500)]     // what every network carries is more
    [InlineData("-5", 1500)]
    [InlineData("", 1500)]
    public void TheMtuIsWithinWhatCardsCarry(string mtu, int expected)
    {
        _session.Ports.Ports[0].Open();
        Set("net0/ip", "10.9.0.2");
        Set("net0/mtu", mtu);
        Assert.Equal(expected, Card.MtuBytes);
        Set("net0/mtu:int32", mtu);
        Assert.Equal(expected, Card.MtuBytes);
    }

    [Fact]
    public void NameServersAndSearchListFollowTheSettings()
    {
        var resolver = new DnsResolver(_world.Pump, _world.Network, new SeededEntropy(1));
        _session.Settings.AddApplier(new NameServerApplier(_session.Settings, resolver).Apply);
        Set("dns", "10.9.0.3");
        Set("domain", "boot.lan");
        Assert.Equal(["10.9.0.3"], resolver.Servers.Select(it => it.ToString()));
        Assert.Equal(["boot.lan"], resolver.SearchList);
        Set("dns:hex", "0a:09:00:03:0a:09:00:04:00:00:00:00:0a");   // two, no host, and a rest
        Assert.Equal(["10.9.0.3", "10.9.0.4"], resolver.Servers.Select(it => it.ToString()));
        Set("dnssl:hex", "01:61:01:62:00:01:63:00");
        Assert.Equal(["a.b", "c"], resolver.SearchList);
        Set("dns", "");
        Assert.Empty(resolver.Servers);
        Set("net0/dns", "10.9.0.5");
        Assert.Equal(["10.9.0.5"], resolver.Servers.Select(it => it.ToString()));
    }

    [Fact]
    public void ACardSaysWhereItSits()
    {
        byte[] space = new byte[256];
        ((ReadOnlySpan<byte>)[0xf4, 0x1a, 0x41, 0x10]).CopyTo(space);
        Assert.Equal("PCI 0x118 ", Show("net0/bustype") + " " + Show("net0/busloc") + " " + Show("net0/busid"));
        _world.Hardware.PciFunctions[0x118] = space;
        Assert.Equal("01:1a:f4:10:41", Show("netX/busid"));
        Assert.Equal("52:54:00:12:34:56", Show("netX/mac"));
        Assert.Equal("net0 Ethernet SNP", Show("ifname") + " " + Show("linktype") + " " + Show("chip"));
        Set("net0/chip", "mine");
        Assert.Equal("mine", Show("chip"));
    }

    private void Set(string reference, string text) => _session.Settings.StoreText(reference, text);

    private string Show(string reference) =>
        _session.Settings.TryFormat(reference, out string text) ? text : "";

    private string Describe()
    {
        Ipv4Configuration ipv4 = Card.Ipv4!;
        string gateway = ipv4.Gateway.IsUnspecified ? "" : $" via {ipv4.Gateway}";
        string routes = string.Concat(ipv4.Routes.Select(it => $" {it.Target}/{it.PrefixLength} via {it.Gateway}"));
        return $"{ipv4.Address}/{ipv4.PrefixLength}{gateway}{routes}";
    }
}
