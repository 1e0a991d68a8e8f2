using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>IPv4: decides whether a received packet is for us, puts fragments together, chooses the way out for a
/// packet we send.
/// </summary>
internal sealed class Ipv4Layer
{
    /// <summary>Where a packet's payload stands in <see cref="Payload"/>'s frame.</summary>
    private const int PayloadOffset = EthernetView.HeaderBytes + Ipv4Header.Bytes;

    private readonly NetworkStack _stack;
    private readonly IcmpLayer _icmp;
    private readonly UdpLayer _udp;
    private readonly TcpLayer _tcp;
    private readonly Ipv4Reassembly _reassembly = new();
    private readonly byte[] _frame = new byte[2048];
    private ushort _identification;

    public Ipv4Layer(NetworkStack stack, IcmpLayer icmp, UdpLayer udp, TcpLayer tcp)
    {
        (_stack, _icmp, _udp, _tcp) = (stack, icmp, udp, tcp);
        _identification = stack.RandomU16();
    }

    /// <summary>What came and went.</summary>
    public Ipv4Counters Counters { get; } = new();

    /// <summary>Room for the payload of the next packet to send; <see cref="Send"/> finds it there.</summary>
    public Span<byte> Payload => _frame.AsSpan(PayloadOffset);

    /// <summary>Sends the first <paramref name="payloadBytes"/> of <see cref="Payload"/>. False: nothing has happened,
    /// there is no room now.</summary>
    public bool Send(in Ipv4Path path, IpProtocol protocol, int payloadBytes, Instant now)
    {
        int packetBytes = Ipv4Header.Bytes + payloadBytes;
        Check.That(packetBytes <= path.Interface.DeviceMtuBytes);
        Span<byte> frame = _frame;
        new Ipv4Header(path.Source, path.Target, protocol, _identification++)
            .Emit(frame[EthernetView.HeaderBytes..], payloadBytes);
        new EthernetHeader(MacAddress.Broadcast, path.Interface.Device.Address, EtherType.Ipv4).Emit(frame);
        int frameBytes = EthernetView.HeaderBytes + packetBytes;
        if (frameBytes < EthernetHeader.FrameBytesMin)
        {
            frame[frameBytes..EthernetHeader.FrameBytesMin].Clear();   // no older frame may leak in the padding
            frameBytes = EthernetHeader.FrameBytesMin;
        }
        frame = frame[..frameBytes];
        bool isGroup = path.Target.IsMulticast;
        if (isGroup) MacAddress.OfGroup(path.Target).Write(frame);
        bool isBroadcast = path.NextHop.IsBroadcast;
        Counters.Requested++;
        bool isSent = isBroadcast || isGroup
            ? path.Interface.Transmit(frame) : path.Interface.Neighbors.Send(path.NextHop, frame, now);
        if (!isSent) return false;
        Counters.Sent++;
        Counters.SentBytes += packetBytes;
        if (isBroadcast) Counters.SentBroadcasts++;
        return true;
    }

    /// <summary>The way to <paramref name="target"/>: longest prefix over all open interfaces, or over one.</summary>
    public bool TryRoute(Ipv4Address target, NetworkInterface? only, out Ipv4Path path)
    {
        path = default;
        int best = -1;
        for (int i = 0; i < _stack.Interfaces.Count; i++)
        {
            NetworkInterface candidate = _stack.Interfaces[i];
            if (only is not null && candidate != only) continue;
            if (!candidate.IsOpen || candidate.Ipv4 is not { } settings) continue;
            if (!settings.TryRoute(target, out Ipv4Address nextHop, out int prefixLength)) continue;
            if (prefixLength <= best) continue;
            best = prefixLength;
            if (target.IsBroadcast || target == settings.Broadcast) nextHop = Ipv4Address.Broadcast;
            path = new Ipv4Path(candidate, settings.Address, target, nextHop);
        }
        if (best < 0 && target.IsMulticast && only is { IsOpen: true, Ipv4: { } source })
        {
            path = new Ipv4Path(only, source.Address, target, target);   // a group needs no gateway
            return true;
        }
        if (best < 0) Counters.NoRoutes++;
        return best >= 0;
    }

    /// <summary>Takes in the payload of an IPv4 frame.</summary>
    public void Handle(NetworkInterface from, bool isLinkBroadcast, ReadOnlySpan<byte> bytes, Instant now)
    {
        Counters.Received++;
        Counters.ReceivedBytes += bytes.Length;
        if (!Ipv4View.TryRead(bytes, out Ipv4View packet, out _))
        {
            Counters.HeaderErrors++;
            from.Counters.Count(DropReason.MalformedIpv4);
            return;
        }
        if (packet.HasSourceRoute)
        {
            Counters.AddressErrors++;
            from.Counters.Count(DropReason.SourceRoute);
            return;
        }
        if (!IsPlausibleSource(from, packet.Source))
        {
            Counters.AddressErrors++;
            from.Counters.Count(DropReason.BadSource);
            return;
        }
        if (!IsForUs(from, packet.Target, out bool isBroadcast))
        {
            Counters.AddressErrors++;
            from.Counters.Count(DropReason.OtherAddress);
            return;
        }
        if (isBroadcast) Counters.ReceivedBroadcasts++;
        ReadOnlySpan<byte> payload = packet.Payload;
        if (packet.IsFragment)
        {
            Counters.Fragments++;
            if (!_reassembly.Add(packet, now, out payload, out bool isRefused))
            {
                if (!isRefused) return;
                Counters.FragmentsRefused++;
                from.Counters.Count(DropReason.BadFragment);
                return;
            }
            Counters.Reassembled++;
        }
        Deliver(from, packet, payload, isBroadcast || isLinkBroadcast, now);
    }

    private void Deliver(
        NetworkInterface from, in Ipv4View packet, ReadOnlySpan<byte> payload, bool isBroadcast, Instant now)
    {
        if (packet.Protocol == IpProtocol.Tcp && !isBroadcast)
            _tcp.Handle(from, packet.Source, packet.Target, payload, now);
        else if (packet.Protocol == IpProtocol.Udp)
            _udp.Handle(from, packet.Source, packet.Target, payload);
        else if (packet.Protocol == IpProtocol.Icmp)
            _icmp.Handle(from, packet.Source, packet.Target, isBroadcast, payload, now);
        else
        {
            Counters.UnknownProtocols++;
            from.Counters.Count(DropReason.OtherProtocol);
            return;
        }
        Counters.Delivered++;
    }

    /// <summary>RFC 1122, 3.2.1.3: no packet comes from a group, from nowhere, from the loopback or from
    /// ourselves.</summary>
    private static bool IsPlausibleSource(NetworkInterface from, Ipv4Address source)
    {
        if (!source.IsHost) return false;
        return from.Ipv4 is not { } ours
            || source != ours.Address && (ours.PrefixLength >= 31 || source != ours.Broadcast);
    }

    /// <summary>Without an address we take any unicast packet that came to our station: a DHCP server may send its
    /// offer to the address it offers (RFC 2131 section 4.1). UDP alone looks at those.</summary>
    private static bool IsForUs(NetworkInterface from, Ipv4Address target, out bool isBroadcast)
    {
        isBroadcast = target.IsBroadcast;
        if (isBroadcast) return true;
        if (from.Ipv4 is not { } ours) return target.IsHost;
        isBroadcast = ours.PrefixLength < 31 && target == ours.Broadcast;
        return isBroadcast || target == ours.Address;
    }
}
