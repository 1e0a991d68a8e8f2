using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>All network interfaces as commands use them. netX is the one opened last.</summary>
public sealed class NetworkPorts : INetwork
{
    private static readonly Duration LoopbackTimeMax = Duration.FromSeconds(2);

    private readonly NetworkStack _network;
    private readonly HostResolver _resolve;
    private readonly List<InterfacePort> _ports = [];
    private readonly List<InterfacePort> _opened = [];   // the last one last

    /// <summary>Makes ports and settings blocks of all cards; they start closed.</summary>
    public NetworkPorts(
        NetworkStack network, SettingsStore settings, IConsole console, Pump pump, LeaseRequest requestLease,
        HostResolver resolve, CardPlaces places)
    {
        Places = places;
        (_network, _resolve) = (network, resolve);
        Settings = settings;
        Console = console;
        Pump = pump;
        RequestLease = requestLease;
        settings.Register(new AliasBlock("netX", () => ((InterfacePort?)LastOpened ?? FirstOrNull())?.Block),
            settings.Root);
        foreach (NetworkInterface card in network.Interfaces)
        {
            card.Close();
            _ports.Add(new InterfacePort(this, card));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IInterface> Interfaces => _ports;

    /// <inheritdoc/>
    public IInterface? LastOpened => _opened.Count > 0 ? _opened[_opened.Count - 1] : null;

    /// <inheritdoc/>
    public async Task<byte[]> ResolveAsync(string host, CancellationToken stop)
    {
        IpAddress address = (await _resolve(ByteText.ToUnicode(host), stop))[0];
        byte[] bytes = new byte[address.IsIpv4 ? Ipv4Address.Bytes : Ipv6Address.Bytes];
        if (address.IsIpv4) address.Ipv4.Write(bytes);
        else address.Ipv6.Write(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public async Task<long> EchoAsync(
        byte[] address, int sequence, int dataBytes, long timeoutMs, CancellationToken stop)
    {
        IpAddress to = address.Length == Ipv4Address.Bytes ? Ipv4Address.Read(address) : Ipv6Address.Read(address);
        Duration limit = Duration.FromMilliseconds(timeoutMs);
        return (await _network.EchoAsync(to, (ushort)sequence, dataBytes, limit, stop)).Microseconds;
    }

    /// <inheritdoc/>
    public string DescribePackets() => InterfaceText.Describe(_network.PacketCounters);

    /// <inheritdoc/>
    public async Task TestLoopbackAsync(
        IInterface sender, IInterface receiver, int mtuBytes, bool isBroadcast, Action arrived, CancellationToken stop)
    {
        NetworkInterface from = ((InterfacePort)sender).Card, to = ((InterfacePort)receiver).Card;
        using var test = new LoopbackTest(_network, from, to, mtuBytes, isBroadcast);
        while (true)
        {
            await test.SendAsync(LoopbackTimeMax, stop);
            arrived();
        }
    }

    /// <inheritdoc/>
    public void CreateVlan(IInterface trunk, long tag, long priority)
    {
        if (tag is < VlanDevice.IdMin or > VlanDevice.IdMax)
            throw new BootFailure(LinkFailure.BadVlan, $"{tag} is no VLAN's number");
        if (priority is < 0 or > VlanDevice.PriorityMax)
            throw new BootFailure(LinkFailure.BadVlan, $"{priority} is no priority");
        CreateVlan((InterfacePort)trunk, VlanTag.Of((int)tag, (int)priority));
    }

    /// <inheritdoc/>
    public void DestroyVlan(IInterface vlan)
    {
        var port = (InterfacePort)vlan;
        if (port.Card.Trunk is null) throw new BootFailure(LinkFailure.NotAVlan, $"{vlan.Name} is no VLAN");
        _ports.Remove(port);
        port.Remove();
        _network.RemoveVlan(port.Card);
    }

    /// <summary>Makes a port of a VLAN, closed; or gives the one that is there the tag's priority.</summary>
    internal InterfacePort CreateVlan(InterfacePort trunk, VlanTag tag)
    {
        if (trunk.Card.Trunk is not null)
            throw new BootFailure(LinkFailure.NotATrunk, $"{trunk.Name} is a VLAN itself");
        NetworkInterface card = _network.AddVlan(trunk.Card, tag);
        foreach (InterfacePort port in _ports)
        {
            if (port.Card == card) return port;
        }
        card.Close();
        var added = new InterfacePort(this, card);
        _ports.Add(added);
        return added;
    }

    /// <summary>The same, as what they are.</summary>
    public IReadOnlyList<InterfacePort> Ports => _ports;

    /// <summary>How to find PXE boot servers.</summary>
    public required BootServerRequest RequestBootServer { get; init; }

    internal CardPlaces Places { get; }
    internal SettingsStore Settings { get; }
    internal IConsole Console { get; }
    internal Pump Pump { get; }
    internal LeaseRequest RequestLease { get; }

    internal void Opened(InterfacePort port)
    {
        _opened.Remove(port);
        _opened.Add(port);
    }

    internal void Closed(InterfacePort port) => _opened.Remove(port);

    private InterfacePort? FirstOrNull() => _ports.Count > 0 ? _ports[0] : null;
}
