using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Tests.Transfer;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>The model TFTP server on a simulated LAN: one transfer per client port, each with a port of its own on our
/// side (RFC 1350 section 4).</summary>
public sealed class ModelTftpService(Func<ModelTftpServer> create) : IModelUdpService
{
    private const ushort FirstPort = 30_000;

    private readonly Dictionary<ushort, (Ipv4Address Client, ushort Port, ModelTftpServer Server)> _transfers = [];

    public int Transfers => _transfers.Count;

    public Instant NextDeadline
    {
        get
        {
            Instant next = Instant.Never;
            foreach ((_, _, ModelTftpServer server) in _transfers.Values)
                next = Instant.Earlier(next, server.NextDeadline);
            return next;
        }
    }

    public void Handle(ModelHost host, Ipv4Address source, ushort port, byte[] payload)
    {
        if (!_transfers.TryGetValue(port, out (Ipv4Address, ushort Port, ModelTftpServer Server) transfer))
        {
            _transfers[port] = transfer = (source, (ushort)(FirstPort + _transfers.Count), create());
            host.Serve(transfer.Port, this);
        }
        foreach (byte[] reply in transfer.Server.Handle(payload, host.Now))
            host.SendUdp(transfer.Port, source, port, reply);
    }

    public void Poll(ModelHost host)
    {
        foreach ((ushort port, (Ipv4Address client, ushort ours, ModelTftpServer server)) in _transfers)
        {
            if (server.NextDeadline > host.Now) continue;
            foreach (byte[] datagram in server.Poll(host.Now)) host.SendUdp(ours, client, port, datagram);
        }
    }
}
