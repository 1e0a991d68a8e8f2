using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Tests.Transfer;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>The model TFTP server on a simulated LAN: one transfer per client port. It answers from the port it was
/// asked on, which RFC 1350 allows.</summary>
public sealed class ModelTftpService(Func<byte[]> file) : IModelUdpService
{
    private readonly Dictionary<ushort, (Ipv4Address Client, ModelTftpServer Server)> _transfers = [];

    public Instant NextDeadline
    {
        get
        {
            Instant next = Instant.Never;
            foreach ((_, ModelTftpServer server) in _transfers.Values)
                next = Instant.Earlier(next, server.NextDeadline);
            return next;
        }
    }

    public void Handle(ModelHost host, Ipv4Address source, ushort port, byte[] payload)
    {
        if (!_transfers.TryGetValue(port, out (Ipv4Address, ModelTftpServer Server) transfer))
            _transfers[port] = transfer = (source, new ModelTftpServer(file()));
        foreach (byte[] reply in transfer.Server.Handle(payload, host.Now)) host.SendUdp(69, source, port, reply);
    }

    public void Poll(ModelHost host)
    {
        foreach ((ushort port, (Ipv4Address client, ModelTftpServer server)) in _transfers)
        {
            if (server.NextDeadline > host.Now) continue;
            foreach (byte[] datagram in server.Poll(host.Now)) host.SendUdp(69, client, port, datagram);
        }
    }
}
