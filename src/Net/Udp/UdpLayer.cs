using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>All bound UDP ports.</summary>
internal sealed class UdpLayer(NetworkStack stack)
{
    private const ushort EphemeralPortMin = 49152;   // RFC 6335 section 6
    private const int PortTriesMax = 64;

    private readonly List<UdpSocket> _sockets = [];

    public UdpSocket Bind(NetworkInterface? only, ushort port, int queueBytes)
    {
        if (port == 0) port = RandomFreePort();
        else if (!IsFree(port, only)) throw new BootFailure(NetFailure.PortInUse, $"The UDP port {port} is in use");
        var socket = new UdpSocket(stack, only, port, queueBytes);
        _sockets.Add(socket);
        return socket;
    }

    public void Remove(UdpSocket socket) => _sockets.Remove(socket);

    public void Handle(NetworkInterface from, Ipv4Address source, Ipv4Address target, ReadOnlySpan<byte> bytes)
    {
        if (!UdpView.TryRead(bytes, source, target, out UdpView datagram, out _))
        {
            from.Counters.Count(DropReason.MalformedUdp);
            return;
        }
        UdpSocket? socket = Find(from, datagram.TargetPort);
        if (socket is null)
        {
            from.Counters.Count(DropReason.NoSocket);
            return;
        }
        var entry = new UdpQueue.Entry
        {
            Source = source, Target = target, SourcePort = datagram.SourcePort, Interface = from,
        };
        if (!socket.TryQueue(entry, datagram.Payload)) from.Counters.Count(DropReason.SocketFull);
    }

    /// <summary>An ICMP error quotes a datagram: tells its socket, if that has just sent there.</summary>
    public bool TryRefuse(in IcmpQuote quote, UnreachableCode code)
    {
        foreach (UdpSocket socket in _sockets)
        {
            if (socket.LocalPort != quote.SourcePort || !socket.HasSentTo(quote.Target, quote.TargetPort)) continue;
            if (code == UnreachableCode.Port)
            {
                socket.Refuse(
                    NetFailure.PortUnreachable, $"Nothing listens on UDP port {quote.TargetPort} of {quote.Target}");
            }
            else
                socket.Refuse(NetFailure.Unreachable, $"A router says that {quote.Target} cannot be reached");
            return true;
        }
        return false;
    }

    public void NeighborGivenUp(NetworkInterface through, Ipv4Address nextHop)
    {
        foreach (UdpSocket socket in _sockets)
        {
            if (socket.UsesNextHop(through, nextHop))
                socket.Refuse(NetFailure.NeighborSilent, $"{nextHop} does not answer ARP on {through.Name}");
        }
    }

    public bool Poll(Instant now)
    {
        bool active = false;
        for (int i = 0; i < _sockets.Count; i++) active |= _sockets[i].Poll(now);
        return active;
    }

    public Instant NextDeadline
    {
        get
        {
            Instant next = Instant.Never;
            for (int i = 0; i < _sockets.Count; i++) next = Instant.Earlier(next, _sockets[i].NextDeadline);
            return next;
        }
    }

    /// <summary>A socket bound to the interface goes before one bound to all. Before the interface has an address, only
    /// the former (DHCP) gets anything.</summary>
    private UdpSocket? Find(NetworkInterface from, ushort port)
    {
        UdpSocket? general = null;
        foreach (UdpSocket socket in _sockets)
        {
            if (socket.LocalPort != port) continue;
            if (socket.Only == from) return socket;
            if (socket.Only is null && from.Ipv4 is not null) general = socket;
        }
        return general;
    }

    private bool IsFree(ushort port, NetworkInterface? only)
    {
        foreach (UdpSocket socket in _sockets)
        {
            if (socket.LocalPort == port && (socket.Only == only || socket.Only is null || only is null)) return false;
        }
        return true;
    }

    private ushort RandomFreePort()
    {
        for (int i = 0; i < PortTriesMax; i++)
        {
            ushort port = (ushort)(EphemeralPortMin | stack.RandomU16());
            if (IsFree(port, null)) return port;
        }
        throw new BootFailure(NetFailure.PortInUse, "No free UDP port was found");
    }
}
