using System;
using System.Collections.Generic;

namespace Bootlace.Wire;

/// <summary>How a DHCP or ProxyDHCP server wants its PXE boot servers to be found: sub-options 6, 7 and 8 of option 43
/// (PXE 2.1 section 2.2.5).</summary>
public sealed class PxeDiscovery
{
    private const byte VendorOptions = 43, ControlCode = 6, GroupCode = 7, ServersCode = 8;
    private const uint NoBroadcast = 1, NoMulticast = 2, OnlyListed = 4;
    private const int EntryHeaderBytes = 3;
    private const int ServersMax = 16;

    private readonly List<Ipv4Address> _servers;

    private PxeDiscovery(List<Ipv4Address> servers) => _servers = servers;

    /// <summary>Whether everybody on the link may be asked.</summary>
    public bool UsesBroadcast { get; private init; }

    /// <summary>The group that may be asked; 0.0.0.0: none.</summary>
    public Ipv4Address Group { get; private init; }

    /// <summary>Whether only the servers of the list may answer.</summary>
    public bool AcceptsOnlyListed { get; private init; }

    /// <summary>The servers known for the type.</summary>
    public IReadOnlyList<Ipv4Address> Servers => _servers;

    /// <summary>Reads what a packet says of boot servers of a type. A list that is cut short counts as far as it goes;
    /// without any of the options everybody may be asked.</summary>
    public static PxeDiscovery Read(in DhcpView packet, ushort type)
    {
        uint control = packet.FindNumber(new DhcpTag(VendorOptions, ControlCode)) ?? 0;
        Ipv4Address group = packet.FindAddress(new DhcpTag(VendorOptions, GroupCode)) ?? default;
        packet.TryFind(new DhcpTag(VendorOptions, ServersCode), out ReadOnlySpan<byte> list);
        return new PxeDiscovery(ReadServers(list, type))
        {
            UsesBroadcast = (control & NoBroadcast) == 0,
            Group = (control & NoMulticast) == 0 && group.IsMulticast ? group : default,
            AcceptsOnlyListed = (control & OnlyListed) != 0,
        };
    }

    /// <summary>The addresses to ask one after the other: the group, everybody, each server.</summary>
    public List<Ipv4Address> Targets()
    {
        var targets = new List<Ipv4Address>();
        if (!Group.IsUnspecified) targets.Add(Group);
        if (UsesBroadcast) targets.Add(Ipv4Address.Broadcast);
        targets.AddRange(_servers);
        return targets;
    }

    /// <summary>Whether a server may answer.</summary>
    public bool Accepts(Ipv4Address server) => !AcceptsOnlyListed || _servers.Contains(server);

    /// <summary>Entries of type (2 bytes), count (1) and so many addresses.</summary>
    private static List<Ipv4Address> ReadServers(ReadOnlySpan<byte> list, ushort type)
    {
        var servers = new List<Ipv4Address>();
        while (list.Length >= EntryHeaderBytes)
        {
            bool isOurs = BigEndian.ReadU16(list, 0) == type;
            int count = list[2];
            list = list[EntryHeaderBytes..];
            for (; count > 0 && list.Length >= Ipv4Address.Bytes; count--, list = list[Ipv4Address.Bytes..])
            {
                Ipv4Address server = Ipv4Address.Read(list);
                if (isOurs && server.IsHost && servers.Count < ServersMax) servers.Add(server);
            }
        }
        return servers;
    }
}
