using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>A network card with its addresses: what the script calls <c>net0</c>.</summary>
public sealed class NetworkInterface
{
    private const int MtuBytesMax = 1500;   // no jumbo frames: no firmware carries them (facts/firmware.md 9)
    private const int MtuBytesMin = 576;    // RFC 791: what every network carries; lower option 26 values are mistakes

    private readonly FrameBacklog _backlog;
    private readonly NetworkStack _stack;

    internal NetworkInterface(
        NetworkStack stack, INetworkDevice device, string name, NetworkInterface? trunk = null)
    {
        _stack = stack;
        Trunk = trunk;
        Device = device;
        Name = name;
        MtuBytes = DeviceMtuBytes;
        _backlog = new FrameBacklog(device.FrameBytesMax);
        Neighbors = new NeighborCache(this, stack.NeighborGivenUp);
        Port = new PortState(this);
    }

    /// <summary>The name scripts use.</summary>
    public string Name { get; }

    /// <summary>The card.</summary>
    public INetworkDevice Device { get; }

    /// <summary>The interface whose VLAN this one is; null: it is a card of its own.</summary>
    public NetworkInterface? Trunk { get; }

    /// <summary>The number of the VLAN; 0: it is none.</summary>
    public int VlanId => Device is VlanDevice vlan ? vlan.Tag.Id : 0;

    /// <summary>False: frames are still taken from the card, so that its ring cannot overflow, but thrown
    /// away.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Whether the card sees a link, as far as it can tell.</summary>
    public bool IsLinkUp => Device.IsLinkUp;

    /// <summary>Whether the switch says that it lets nothing through the port we are plugged into.</summary>
    public bool IsBlocked => (Trunk ?? this).Port.IsBlockedAt(_stack.Now);

    /// <summary>The IPv4 settings; null: none yet, only broadcasts can be sent.</summary>
    public Ipv4Configuration? Ipv4 { get; private set; }

    /// <summary>Longest IP packet.</summary>
    public int MtuBytes { get; private set; }

    /// <summary>What came and went.</summary>
    public InterfaceCounters Counters { get; } = new();

    /// <summary>What the switch says of itself.</summary>
    public SwitchNews SwitchNews { get; } = new();

    internal NeighborCache Neighbors { get; }

    internal PortState Port { get; }

    /// <summary>The stations it knows or asks for.</summary>
    public IReadOnlyList<NeighborEntry> ListNeighbors() => Neighbors.List();

    /// <summary>How many VLANs there are on it: their frames come whether it is open itself or not.</summary>
    internal int VlanCount { get; set; }

    /// <summary>Lets frames through.</summary>
    public void Open() => IsOpen = true;

    /// <summary>Stops: addresses are gone and connections over this interface fail.</summary>
    public void Close()
    {
        Configure(null);
        IsOpen = false;
        if (VlanCount == 0) Port.Clear();
    }

    /// <summary>Takes new IPv4 settings, or none, and announces the address (RFC 5227 section 3). Connections that used
    /// an address which is now gone fail with <see cref="NetFailure.AddressGone"/>.</summary>
    public void Configure(Ipv4Configuration? configuration)
    {
        bool isSameAddress = configuration is not null && configuration.Address == Ipv4?.Address;
        Ipv4 = configuration;
        MtuBytes = DeviceMtuBytes;
        if (configuration is { MtuBytes: >= MtuBytesMin } limited) MtuBytes = Math.Min(MtuBytes, limited.MtuBytes);
        if (!isSameAddress)
        {
            Neighbors.Clear();
            _backlog.Clear();
        }
        if (configuration is not null) Neighbors.Announce(configuration.Address);
        _stack.ConfigurationChanged(this);
    }

    internal int DeviceMtuBytes => Math.Min(MtuBytesMax, Device.FrameBytesMax - EthernetView.HeaderBytes);

    internal bool HasBacklog => _backlog.Count > 0;

    /// <summary>Gives a whole frame to the card, or keeps it until the card has room. False: neither was possible and
    /// nothing has happened.</summary>
    internal bool Transmit(ReadOnlySpan<byte> frame)
    {
        if (_backlog.Count == 0 && Device.Send(frame))
        {
            Counters.SentFrames++;
            return true;
        }
        if (_backlog.TryAdd(frame)) return true;
        Counters.Count(DropReason.TransmitFull);
        return false;
    }

    /// <summary>Sends what the card had no room for, and what it has kept. Returns true if it had room for
    /// more.</summary>
    internal bool Flush()
    {
        bool sent = false;
        while (_backlog.Count > 0 && Device.Send(_backlog.First))
        {
            Counters.SentFrames++;
            _backlog.RemoveFirst();
            sent = true;
        }
        Device.Flush();
        return sent;
    }
}
