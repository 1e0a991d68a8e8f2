using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>What DHCP gave an interface: the packets themselves, for settings to look into, and what the stack needs of
/// them.
/// </summary>
public sealed class DhcpLease
{
    private const int ServersMax = 8, MtuBytesMin = 576;

    private DhcpLease(in DhcpView ack, ReadOnlyMemory<byte> proxy, ReadOnlyMemory<byte> pxe)
    {
        Ack = ack.Message.ToArray();
        Proxy = proxy;
        Pxe = pxe;
        Address = ack.YourAddress;
        PrefixLength = PrefixLengthOf(ack);
        Routes = ack.TryFind(DhcpOption.ClasslessRoutes, out ReadOnlySpan<byte> routes)
            ? Ipv4Route.ReadList(routes) : [];
        Ipv4Address? gateway = ack.FindAddress(DhcpOption.Gateway);
        Gateway = Routes.Length == 0 && gateway is { IsHost: true } found ? found : default;
        DnsServers = ReadServers(ack);
        Domain = ack.FindText(DhcpOption.Domain);
        SearchList = ReadSearchList(ack);
        MtuBytes = ack.FindNumber(DhcpOption.Mtu) is >= MtuBytesMin and <= ushort.MaxValue and uint mtu ? (int)mtu : 0;
        LeaseSeconds = ack.FindNumber(DhcpOption.LeaseTime) ?? uint.MaxValue;
        (BootServer, FileName) = ReadBootFile(ack);
        RootPath = ReadText(pxe, DhcpOption.RootPath) ?? ReadText(proxy, DhcpOption.RootPath)
            ?? ack.FindText(DhcpOption.RootPath);
    }

    /// <summary>The packet that gave the address, from the BOOTP header on: block <c>dhcp</c>.</summary>
    public ReadOnlyMemory<byte> Ack { get; }

    /// <summary>The ProxyDHCP server's packet, block <c>proxydhcp</c>; empty: there was none.</summary>
    public ReadOnlyMemory<byte> Proxy { get; }

    /// <summary>The PXE boot server's packet, block <c>pxebs</c>; empty: there was none.</summary>
    public ReadOnlyMemory<byte> Pxe { get; }

    /// <summary>Our address.</summary>
    public Ipv4Address Address { get; }

    /// <summary>How many bits of it name the link's network; by class where the server gives no netmask.</summary>
    public int PrefixLength { get; }

    /// <summary>The default gateway; 0.0.0.0: none, or <see cref="Routes"/> replace it (RFC 3442).</summary>
    public Ipv4Address Gateway { get; }

    /// <summary>The routes of option 121; empty if there is none or it is malformed.</summary>
    public Ipv4Route[] Routes { get; }

    /// <summary>DNS servers, best first.</summary>
    public IReadOnlyList<Ipv4Address> DnsServers { get; }

    /// <summary>Our DNS domain; null: not told.</summary>
    public string? Domain { get; }

    /// <summary>Domains to look for short names in: option 119, else the domain alone.</summary>
    public IReadOnlyList<string> SearchList { get; }

    /// <summary>The link's MTU; 0: not told.</summary>
    public int MtuBytes { get; }

    /// <summary>How long the address is ours, in seconds; all ones: for ever.</summary>
    public uint LeaseSeconds { get; }

    /// <summary>The boot file's name, of the packet that is asked first: boot server, proxy, DHCP; null: none of them
    /// names one.</summary>
    public string? FileName { get; }

    /// <summary>The server <see cref="FileName"/> is on, from the same packet: siaddr, else option 66 if that is an
    /// address, else the server that spoke. 0.0.0.0 if not even that is known.</summary>
    public Ipv4Address BootServer { get; }

    /// <summary>The root path; null: none.</summary>
    public string? RootPath { get; }

    /// <summary>What to give the interface.</summary>
    public Ipv4Configuration ToConfiguration() =>
        new(Address, PrefixLength) { Gateway = Gateway, Routes = Routes, MtuBytes = MtuBytes };

    /// <summary>A lease from packets the firmware has kept: an ACK, or the OFFER that U-Boot hands over
    /// (facts/firmware.md 2); null if the first is not a DHCP reply with an address for that card. The others are left
    /// out if they are not replies.
    /// </summary>
    public static DhcpLease? FromCachedPackets(
        MacAddress mac,
        ReadOnlyMemory<byte> ack,
        ReadOnlyMemory<byte> proxy = default,
        ReadOnlyMemory<byte> pxe = default)
    {
        if (!DhcpView.TryRead(ack.Span, out DhcpView view, out _) || !IsLeaseFor(mac, view)) return null;
        return new DhcpLease(view, IsReply(proxy) ? proxy : default, IsReply(pxe) ? pxe : default);
    }

    internal static DhcpLease FromAnswer(ReadOnlyMemory<byte> ack, ReadOnlyMemory<byte> proxy)
    {
        Check.That(DhcpView.TryRead(ack.Span, out DhcpView view, out _));
        return new DhcpLease(view, proxy, default);
    }

    /// <summary>A reply to that card with an address it can use, and no refusal.</summary>
    internal static bool IsLeaseFor(MacAddress mac, in DhcpView view) =>
        view.IsReply && view.IsFor(mac) && view.YourAddress.IsHost
        && (view.Type == DhcpMessageType.Ack
            || view.Type == DhcpMessageType.Offer
            || view.Type == DhcpMessageType.Bootp);

    private static bool IsReply(ReadOnlyMemory<byte> packet) =>
        DhcpView.TryRead(packet.Span, out DhcpView view, out _) && view.IsReply;

    private static int PrefixLengthOf(in DhcpView ack) =>
        ack.FindAddress(DhcpOption.Netmask) is Ipv4Address mask && Ipv4Address.TryGetPrefixLength(mask, out int length)
        && length > 0 ? length : ack.YourAddress.ClassPrefixLength;

    private (Ipv4Address Server, string? Name) ReadBootFile(in DhcpView ack)
    {
        if (TryReadBootFile(Pxe, out Ipv4Address server, out string? name)) return (server, name);
        if (TryReadBootFile(Proxy, out server, out name)) return (server, name);
        return (BootServerOf(ack), ack.FindText(DhcpOption.FileName));
    }

    private static bool TryReadBootFile(ReadOnlyMemory<byte> packet, out Ipv4Address server, out string? name)
    {
        server = default;
        name = null;
        if (!DhcpView.TryRead(packet.Span, out DhcpView view, out _)) return false;
        server = BootServerOf(view);
        name = view.FindText(DhcpOption.FileName);
        return name is not null;
    }

    private static Ipv4Address BootServerOf(in DhcpView view)
    {
        if (view.NextServer.IsHost) return view.NextServer;
        if (view.FindText(DhcpOption.ServerName) is string text && Ipv4Address.TryParse(text, out Ipv4Address named))
            return named;
        return view.ServerId ?? default;
    }

    private static string? ReadText(ReadOnlyMemory<byte> packet, DhcpTag tag) =>
        DhcpView.TryRead(packet.Span, out DhcpView view, out _) ? view.FindText(tag) : null;

    private static List<Ipv4Address> ReadServers(in DhcpView ack)
    {
        var servers = new List<Ipv4Address>();
        if (!ack.TryFind(DhcpOption.DnsServers, out ReadOnlySpan<byte> value)) return servers;
        for (; value.Length >= Ipv4Address.Bytes && servers.Count < ServersMax; value = value[Ipv4Address.Bytes..])
        {
            Ipv4Address server = Ipv4Address.Read(value);
            if (server.IsHost && !servers.Contains(server)) servers.Add(server);
        }
        return servers;
    }

    private static IReadOnlyList<string> ReadSearchList(in DhcpView ack)
    {
        var domains = new List<string>();
        if (ack.TryFind(DhcpOption.DomainSearch, out ReadOnlySpan<byte> value))
        {
            int at = 0;
            while (at < value.Length && domains.Count < ServersMax
                && DnsName.TryRead(value, ref at, 0, out string name))
            {
                if (name.Length > 0) domains.Add(name);
            }
        }
        if (domains.Count == 0 && ack.FindText(DhcpOption.Domain) is string domain) domains.Add(domain);
        return domains;
    }
}
