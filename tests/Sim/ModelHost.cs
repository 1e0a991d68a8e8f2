using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>A server on the simulated LAN that shares nothing with our stack but the wire formats: answers ARP, carries
/// UDP services and a TCP of its own.</summary>
public sealed class ModelHost : IPolled
{
    private readonly INetworkDevice _device;
    private readonly Pump _pump;
    private readonly Dictionary<Ipv4Address, MacAddress> _stations = [];
    private readonly Dictionary<ushort, IModelUdpService> _udp = [];
    private readonly byte[] _buffer = new byte[2048];
    private ushort _identification;

    public ModelHost(Pump pump, INetworkDevice device, Ipv4Address address)
    {
        _pump = pump;
        _device = device;
        Address = address;
        pump.Add(this);
    }

    public Ipv4Address Address { get; }
    public ModelTcpServer? Tcp { get; set; }

    /// <summary>Switched off: hears and says nothing.</summary>
    public bool IsDead { get; set; }

    public Instant Now => _pump.Now;

    public void Serve(ushort port, IModelUdpService service) => _udp[port] = service;

    public Instant NextDeadline
    {
        get
        {
            if (IsDead) return Instant.Never;
            Instant next = Tcp?.NextDeadline ?? Instant.Never;
            foreach (IModelUdpService service in _udp.Values) next = Instant.Earlier(next, service.NextDeadline);
            return next;
        }
    }

    public bool Poll(Instant now)
    {
        bool active = false;
        for (int length = _device.Receive(_buffer); length > 0; length = _device.Receive(_buffer))
        {
            active = true;
            if (!IsDead) Handle(_buffer.AsSpan(0, length));
        }
        if (IsDead) return active;
        Tcp?.Poll(this);
        foreach (IModelUdpService service in _udp.Values) service.Poll(this);
        return active;
    }

    public void SendUdp(ushort from, Ipv4Address target, ushort port, ReadOnlySpan<byte> payload)
    {
        byte[] datagram = new byte[UdpView.HeaderBytes + payload.Length];
        payload.CopyTo(datagram.AsSpan(UdpView.HeaderBytes));
        new UdpHeader(from, port).Emit(datagram, Address, target);
        Send(target, IpProtocol.Udp, datagram);
    }

    public void Send(Ipv4Address target, IpProtocol protocol, ReadOnlySpan<byte> payload)
    {
        MacAddress station = _stations.GetValueOrDefault(target, MacAddress.Broadcast);
        byte[] frame = new byte[Math.Max(60, 34 + payload.Length)];
        new EthernetHeader(station, _device.Address, EtherType.Ipv4).Emit(frame);
        new Ipv4Header(Address, target, protocol, _identification++).Emit(frame.AsSpan(14), payload.Length);
        payload.CopyTo(frame.AsSpan(34));
        _device.Send(frame);
    }

    private void Handle(ReadOnlySpan<byte> bytes)
    {
        if (!EthernetView.TryRead(bytes, out EthernetView frame, out _)) return;
        if (frame.Target != _device.Address && !frame.Target.IsBroadcast) return;
        if (frame.Type == EtherType.Arp && ArpView.TryRead(frame.Payload, out ArpView arp, out _)) Answer(arp);
        if (frame.Type != EtherType.Ipv4 || !Ipv4View.TryRead(frame.Payload, out Ipv4View packet, out _)) return;
        _stations[packet.Source] = frame.Source;
        if (packet.Target != Address) return;
        if (packet.Protocol == IpProtocol.Tcp)
            Tcp?.Handle(this, packet.Source, packet.Payload);
        else if (packet.Protocol == IpProtocol.Udp
            && UdpView.TryRead(packet.Payload, packet.Source, packet.Target, out UdpView datagram, out _))
            Handle(packet, datagram);
    }

    private void Handle(in Ipv4View packet, in UdpView datagram)
    {
        if (_udp.TryGetValue(datagram.TargetPort, out IModelUdpService? service))
        {
            service.Handle(this, packet.Source, datagram.SourcePort, datagram.Payload.ToArray());
            return;
        }
        byte[] message = new byte[64];
        int length = new IcmpUnreachable(UnreachableCode.Port).Emit(message, packet);
        Send(packet.Source, IpProtocol.Icmp, message.AsSpan(0, length));
    }

    private void Answer(in ArpView arp)
    {
        if (arp.Operation != ArpOperation.Request || arp.TargetAddress != Address) return;
        byte[] frame = new byte[60];
        new EthernetHeader(arp.SourceMac, _device.Address, EtherType.Arp).Emit(frame);
        new ArpMessage(ArpOperation.Reply, _device.Address, Address, arp.SourceMac, arp.SourceAddress)
            .Emit(frame.AsSpan(14));
        _device.Send(frame);
    }
}
