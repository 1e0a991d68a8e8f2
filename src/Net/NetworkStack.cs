using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>All of the network: cards, addresses, sockets, connections. It is fed frames by its cards when the
/// <see cref="Pump"/> polls it, and has no clock and no thread of its own.</summary>
public sealed class NetworkStack : IPolled
{
    /// <summary>Frames taken from one card in one turn, so that timers and keys get theirs under load.</summary>
    private const int FramesPerTurnMax = 128;
    private const int FrameBufferBytes = 2048;
    private static readonly Duration BlockedRetry = Duration.FromMilliseconds(1);

    private readonly IEntropy _entropy;
    private readonly List<NetworkInterface> _interfaces = [];
    private readonly byte[] _frame = new byte[FrameBufferBytes];

    /// <summary>A stack without cards; it polls itself from now on.</summary>
    public NetworkStack(Pump pump, IEntropy entropy)
    {
        Pump = pump;
        _entropy = entropy;
        Icmp = new IcmpLayer(this);
        Udp = new UdpLayer(this);
        Tcp = new TcpLayer(this);
        Ipv4 = new Ipv4Layer(this, Icmp, Udp, Tcp);
        pump.Add(this);
    }

    /// <summary>The cards, in the order they were added.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces => _interfaces;

    /// <summary>Told of every exception while a frame was handled: a bug of ours that cost that frame and nothing else.
    /// </summary>
    public Action<NetworkInterface, Exception>? FaultReported { get; set; }

    /// <summary>What IPv4 has seen on all cards.</summary>
    public Ipv4Counters PacketCounters => Ipv4.Counters;

    /// <summary>The test that listens for its frames; null: none runs.</summary>
    internal LoopbackTest? Loopback { get; set; }

    internal Pump Pump { get; }
    internal IcmpLayer Icmp { get; }
    internal UdpLayer Udp { get; }
    internal TcpLayer Tcp { get; }
    internal Ipv4Layer Ipv4 { get; }

    /// <summary>The time of the Pump's turn.</summary>
    internal Instant Now => Pump.Now;

    /// <summary>Adds a card, open and without an address.</summary>
    public NetworkInterface Add(INetworkDevice device, string name)
    {
        var added = new NetworkInterface(this, device, name);
        _interfaces.Add(added);
        return added;
    }

    /// <summary>Adds a VLAN of a card as an interface of its own, open and without an address; one that is there gets
    /// the tag's priority. It works whether the trunk itself is open or not.</summary>
    public NetworkInterface AddVlan(NetworkInterface trunk, VlanTag tag)
    {
        Check.That(trunk.Trunk is null && tag.Id is >= VlanDevice.IdMin and <= VlanDevice.IdMax);
        if (FindVlan(trunk, tag.Id) is { Device: VlanDevice known } found)
        {
            known.Tag = tag;
            return found;
        }
        var added = new NetworkInterface(this, new VlanDevice(trunk.Device, tag), $"{trunk.Name}-{tag.Id}", trunk);
        _interfaces.Add(added);
        trunk.VlanCount++;
        return added;
    }

    /// <summary>Takes a VLAN away; connections over it fail.</summary>
    public void RemoveVlan(NetworkInterface vlan)
    {
        Check.That(vlan.Trunk is not null);
        if (!_interfaces.Remove(vlan)) return;
        vlan.Close();
        vlan.Trunk!.VlanCount--;
    }

    /// <summary>The interface of a VLAN on a trunk; null: there is none.</summary>
    public NetworkInterface? FindVlan(NetworkInterface trunk, int id)
    {
        for (int i = 0; i < _interfaces.Count; i++)
            if (_interfaces[i].Trunk == trunk && _interfaces[i].VlanId == id) return _interfaces[i];
        return null;
    }

    /// <summary>Binds a UDP port, 0 a random one, on one interface or on all.</summary>
    /// <param name="only">The interface; null: all that have an address.</param>
    /// <param name="port">The port; 0: a random one.</param>
    /// <param name="queueBytes">Room for received datagrams nobody has taken yet.</param>
    /// <exception cref="BootFailure">The port is in use.</exception>
    public UdpSocket BindUdp(NetworkInterface? only, ushort port, int queueBytes = 32 * 1024) =>
        Udp.Bind(only, port, queueBytes);

    /// <summary>Connects to a TCP port.</summary>
    /// <exception cref="BootFailure">No route, no answer, or refused.</exception>
    public Task<TcpConnection> ConnectAsync(IpAddress address, ushort port, CancellationToken stop) =>
        Tcp.ConnectAsync(address, port, stop);

    /// <summary>Sends an ICMP echo and waits for it to come back.</summary>
    /// <param name="to">To whom.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="dataBytes">How much data it carries; it must fit one packet.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="BootFailure">No route, too long, unreachable, or <see cref="NetFailure.EchoUnanswered"/>.
    /// </exception>
    public Task<Duration> EchoAsync(
        IpAddress to, ushort sequence, int dataBytes, Duration limit, CancellationToken stop) =>
        to.IsIpv4 ? Icmp.EchoAsync(to.Ipv4, sequence, dataBytes, limit, stop)
            : throw new BootFailure(NetFailure.NoRoute, $"There is no route to {to}");

    /// <summary>Closes every connection but the kept ones in good order and waits for their peers until
    /// <paramref name="limit"/> has passed, then drops what is left. For the moment before the network goes away, or
    /// serves nothing but a disk.</summary>
    public async Task CloseConnectionsAsync(Duration limit)
    {
        Instant deadline = Now + limit;
        Tcp.CloseAll();
        while (Tcp.HasUnfinished && Now < deadline)
            await Pump.Delay(Duration.FromMilliseconds(10), CancellationToken.None);
        Tcp.AbortAll();
    }

    /// <summary>Drops every connection at once, the kept ones too, and lets their peers know: somebody else takes over
    /// the machine and its addresses, and no server shall keep a session of ours waiting.</summary>
    public void HangUp()
    {
        using (Pump.Enter()) Tcp.ResetAll();
    }

    /// <summary>The interface packets to that address leave by.</summary>
    /// <exception cref="BootFailure">There is no route.</exception>
    public NetworkInterface InterfaceTo(IpAddress to)
    {
        if (to.IsIpv4 && Ipv4.TryRoute(to.Ipv4, null, out Ipv4Path path)) return path.Interface;
        throw new BootFailure(NetFailure.NoRoute, $"There is no route to {to}");
    }

    /// <inheritdoc/>
    public bool Poll(Instant now)
    {
        bool active = false;
        for (int i = 0; i < _interfaces.Count; i++) active |= Receive(_interfaces[i], now);
        active |= Udp.Poll(now);
        active |= Tcp.Poll(now);
        for (int i = 0; i < _interfaces.Count; i++)
        {
            active |= _interfaces[i].Neighbors.Poll(now);
            active |= _interfaces[i].Flush();
        }
        return active;
    }

    /// <inheritdoc/>
    public Instant NextDeadline
    {
        get
        {
            Instant next = Instant.Earlier(Udp.NextDeadline, Tcp.NextDeadline);
            for (int i = 0; i < _interfaces.Count; i++)
            {
                next = Instant.Earlier(next, _interfaces[i].Neighbors.NextDeadline);
                if (_interfaces[i].HasBacklog) next = Instant.Earlier(next, Now + BlockedRetry);
            }
            return next;
        }
    }

    internal ushort RandomU16()
    {
        Span<byte> bytes = stackalloc byte[2];
        _entropy.Fill(bytes);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    internal void FillRandom(Span<byte> target) => _entropy.Fill(target);

    internal void ConfigurationChanged(NetworkInterface changed) => Tcp.ConfigurationChanged(changed);

    internal void NeighborGivenUp(NetworkInterface through, Ipv4Address nextHop)
    {
        Udp.NeighborGivenUp(through, nextHop);
        Tcp.NeighborGivenUp(through, nextHop);
    }

    private bool Receive(NetworkInterface from, Instant now)
    {
        bool active = from.Flush();
        for (int i = 0; i < FramesPerTurnMax && !Tcp.IsBurstOver; i++)
        {
            int length = from.Device.Receive(_frame);
            if (length == 0) break;
            active = true;
            from.Counters.ReceivedFrames++;
            if (length < 0 || length > _frame.Length) from.Counters.Count(DropReason.BadLength);
            else if (!from.IsOpen && from.VlanCount == 0) from.Counters.Count(DropReason.InterfaceClosed);
            else Dispatch(from, _frame.AsSpan(0, length), now);
        }
        return active;
    }

    /// <summary>One of the three borders that catch: a bug of ours on one frame costs that frame.</summary>
    private void Dispatch(NetworkInterface from, ReadOnlySpan<byte> frame, Instant now)
    {
        try
        {
            Handle(from, frame, now);
        }
        catch (Exception fault)
        {
            from.Counters.Count(DropReason.Fault);
            FaultReported?.Invoke(from, fault);
        }
    }

    private void Handle(NetworkInterface from, ReadOnlySpan<byte> bytes, Instant now)
    {
        if (!EthernetView.TryRead(bytes, out EthernetView frame, out _))
            from.Counters.Count(DropReason.MalformedFrame);
        else if (frame.Source.IsGroup || frame.Source == from.Device.Address)
            from.Counters.Count(DropReason.BadStation);
        else if (frame.Type == EtherType.Lldp && frame.TagCount == 0 && SwitchNews.IsAddressedTo(frame.Target))
            TakeNews(from, frame, now);
        else if (PortState.IsAbout(frame, from.Device.Address))
            TakePortState(from, frame, now);
        else if (!frame.Target.IsBroadcast && frame.Target != from.Device.Address)   // cards may well be promiscuous
            from.Counters.Count(DropReason.OtherStation);
        else if (frame.TagCount == 0 || frame.TagCount == 1 && frame.Tag(0).Id == 0)
            Deliver(from, frame, now);
        else if (frame.TagCount == 1 && frame.TagType(0) == EtherType.Vlan
            && FindVlan(from, frame.Tag(0).Id) is { } vlan)
        {
            vlan.Counters.ReceivedFrames++;
            Deliver(vlan, frame, now);
        }
        else
            from.Counters.Count(DropReason.OtherVlan);
    }

    private static void TakeNews(NetworkInterface from, in EthernetView frame, Instant now)
    {
        if (!from.IsOpen) from.Counters.Count(DropReason.InterfaceClosed);
        else if (!from.SwitchNews.TryTake(frame.Payload, now)) from.Counters.Count(DropReason.MalformedLldp);
    }

    /// <summary>A trunk that is closed gets here where its VLANs are read.</summary>
    private static void TakePortState(NetworkInterface from, in EthernetView frame, Instant now)
    {
        if (!from.Port.TryTake(frame, now)) from.Counters.Count(DropReason.MalformedPortState);
    }

    /// <summary>Hands a frame's payload to whoever it is for. A closed interface gets here where its VLANs are read.
    /// </summary>
    private void Deliver(NetworkInterface from, in EthernetView frame, Instant now)
    {
        if (!from.IsOpen)
            from.Counters.Count(DropReason.InterfaceClosed);
        else if (frame.Type == EtherType.Ipv4)
            Ipv4.Handle(from, frame.Target.IsBroadcast, frame.Payload, now);
        else if (frame.Type != EtherType.Arp)
        {
            if (Loopback is null || !Loopback.TryTake(from, frame)) from.Counters.Count(DropReason.OtherProtocol);
        }
        else if (ArpView.TryRead(frame.Payload, out ArpView arp, out _))
            from.Neighbors.Handle(arp, now);
        else
            from.Counters.Count(DropReason.MalformedArp);
    }
}
