using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>The listening half of a TCP, simple enough to be right by reading: go-back-N, one timer, in-order text
/// only.
/// </summary>
/// <param name="respond">Given everything a client has sent on a connection so far: the bytes of the response, or null
/// while the request is not whole.</param>
public sealed class ModelTcpServer(ushort port, Func<byte[], byte[]?> respond)
{
    private readonly Dictionary<(Ipv4Address, ushort), ModelTcpConnection> _connections = [];
    private uint _iss = 0xffff_0000;

    /// <summary>Makes what answers on a new connection, where that is more than one response after the other.</summary>
    public Func<IModelConversation>? Converse { get; init; }

    /// <summary>Leaves connections open after a response.</summary>
    public bool KeepsAlive { get; init; }

    /// <summary>Takes new connections; otherwise they are refused.</summary>
    public bool IsListening { get; set; } = true;

    /// <summary>Every connection is reset once its client has so many bytes.</summary>
    public int ResetsAfterBytes { get; set; } = int.MaxValue;

    /// <summary>Called after such a reset.</summary>
    public Action? Broken { get; set; }

    public int Accepted { get; private set; }

    /// <summary>Segments with text or FIN sent again.</summary>
    public int Retransmissions => _connections.Values.Sum(connection => connection.Retransmissions);

    public Instant NextDeadline => _connections.Values.Select(connection => connection.NextDeadline)
        .DefaultIfEmpty(Instant.Never).Aggregate(Instant.Earlier);

    public void Handle(ModelHost host, Ipv4Address source, ReadOnlySpan<byte> bytes)
    {
        if (!TcpView.TryRead(bytes, source, host.Address, out TcpView segment, out TcpOptions options, out _)) return;
        if (segment.TargetPort != port) return;
        (Ipv4Address, ushort) key = (source, segment.SourcePort);
        bool isSyn = (segment.Flags & TcpFlags.Syn) != 0;
        if (isSyn && IsListening && !_connections.ContainsKey(key))
        {
            Accepted++;
            _connections[key] = new ModelTcpConnection(
                port, source, segment, options, new SeqNumber(_iss += 100_000), respond, KeepsAlive)
            {
                Conversation = Converse?.Invoke(),
            };
        }
        if (!_connections.TryGetValue(key, out ModelTcpConnection? connection))
        {
            if ((segment.Flags & TcpFlags.Rst) == 0) Refuse(host, source, segment);
            return;
        }
        connection.Handle(host, segment);
        if (connection.AcknowledgedBytes >= ResetsAfterBytes)
        {
            connection.Reset(host);
            _connections.Remove(key);
            Broken?.Invoke();
        }
        if (connection.IsOver) _connections.Remove(key);
    }

    private void Refuse(ModelHost host, Ipv4Address client, in TcpView segment)
    {
        bool hasAck = (segment.Flags & TcpFlags.Ack) != 0;
        var header = new TcpHeader
        {
            SourcePort = port, TargetPort = segment.SourcePort,
            Sequence = hasAck ? segment.Acknowledgement : default,
            Acknowledgement = hasAck ? default : segment.Sequence + segment.SequenceLength,
            Flags = hasAck ? TcpFlags.Rst : TcpFlags.Rst | TcpFlags.Ack,
        };
        byte[] reset = new byte[header.Bytes];
        header.Emit(reset, host.Address, client);
        host.Send(client, IpProtocol.Tcp, reset);
    }

    public void Poll(ModelHost host)
    {
        foreach (ModelTcpConnection connection in _connections.Values) connection.Poll(host);
    }

    /// <summary>The server process dies: every connection is reset.</summary>
    public void Die(ModelHost host)
    {
        foreach (ModelTcpConnection connection in _connections.Values) connection.Reset(host);
        _connections.Clear();
    }
}
