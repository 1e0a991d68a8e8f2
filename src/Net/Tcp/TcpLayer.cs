using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>All TCP connections: whose segment it is, ports, resets to strangers.</summary>
internal sealed class TcpLayer(NetworkStack stack)
{
    private const int ConnectionsMax = 64;
    private const ushort EphemeralPortMin = 49152;   // RFC 6335 section 6
    private const int PortTriesMax = 64;
    private const int MssBytes = 1460;
    private const int RoomyCardFrames = 64;

    private readonly TcpConnection[] _connections = new TcpConnection[ConnectionsMax];
    private int _count;
    private InitialSequence? _initialSequence;
    private RateLimit _resets = new(50);
    private TcpConnection? _lastHit;

    public Instant Now => stack.Now;

    private ReadOnlySpan<TcpConnection> Connections => _connections.AsSpan(0, _count);

    /// <summary>A reader has all it wants: let it run before more frames are taken.</summary>
    public bool IsBurstOver { get; private set; }

    public void EndBurst() => IsBurstOver = true;

    /// <summary>Connections, other than kept ones, whose peers have not seen the end.</summary>
    public bool HasUnfinished
    {
        get
        {
            foreach (TcpConnection connection in Connections)
                if (!connection.IsFinished && !connection.IsKept) return true;
            return false;
        }
    }

    public Instant NextDeadline
    {
        get
        {
            Instant next = Instant.Never;
            foreach (TcpConnection connection in Connections) next = Instant.Earlier(next, connection.NextDeadline);
            return next;
        }
    }

    public async Task<TcpConnection> ConnectAsync(IpAddress address, ushort port, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        TcpConnection connection = Open(address, port);
        try
        {
            await connection.WhenConnected(stop);
            return connection;
        }
        catch
        {
            connection.Abort();
            throw;
        }
    }

    public void Handle(
        NetworkInterface from, Ipv4Address source, Ipv4Address target, ReadOnlySpan<byte> bytes, Instant now)
    {
        if (from.Ipv4 is null)
            from.Counters.Count(DropReason.OtherAddress);
        else if (!TcpView.TryRead(bytes, source, target, out TcpView segment, out TcpOptions options, out _)
            || !IsPossible(segment.Flags))
            from.Counters.Count(DropReason.MalformedTcp);
        else if (Find(source, segment.SourcePort, target, segment.TargetPort) is { } connection)
            connection.Handle(segment, options, now);
        else
        {
            from.Counters.Count(DropReason.NoConnection);
            if ((segment.Flags & TcpFlags.Rst) == 0 && stack.Ipv4.TryRoute(source, from, out Ipv4Path path))
                SendReset(path, segment, now);
        }
    }

    /// <summary>Answers a segment that fits no connection (RFC 9293 section 3.10.7.1). Few a second.</summary>
    public void SendReset(in Ipv4Path path, in TcpView segment, Instant now)
    {
        if (!_resets.TryTake(now)) return;
        bool hasAck = (segment.Flags & TcpFlags.Ack) != 0;
        var header = new TcpHeader
        {
            SourcePort = segment.TargetPort, TargetPort = segment.SourcePort,
            Sequence = hasAck ? segment.Acknowledgement : default,
            Acknowledgement = hasAck ? default : segment.Sequence + segment.SequenceLength,
            Flags = hasAck ? TcpFlags.Rst : TcpFlags.Rst | TcpFlags.Ack,
        };
        Emit(path, header, null, default, now);
    }

    /// <summary>Sends a segment with a piece of the sender's data. False: no room now, nothing has happened.</summary>
    public bool Emit(in Ipv4Path path, in TcpHeader header, TcpSender? sender, in TcpPiece piece, Instant now)
    {
        int headerBytes = header.Bytes;
        Span<byte> segment = stack.Ipv4.Payload[..(headerBytes + piece.LengthBytes)];
        if (piece.LengthBytes > 0) sender!.CopyTo(piece, segment[headerBytes..]);
        header.Emit(segment, path.Source, path.Target);
        return stack.Ipv4.Send(path, IpProtocol.Tcp, segment.Length, now);
    }

    /// <summary>Bytes the peer of one connection may have on their way at once, as all that may receive divide it among
    /// them. A weak card sets the limit; one with a ring of usual size only loses what is too much, and then windows
    /// stop growing by themselves.</summary>
    public int WindowShareBytes(NetworkInterface through)
    {
        int count = 0;
        foreach (TcpConnection connection in Connections)
            if (connection.Interface == through && connection.IsReceiving) count++;
        int frames = through.Device.ReceiveFramesMax;
        int totalBytes = frames >= RoomyCardFrames ? ReceiveWindow.BytesMax : frames * MssBytes;
        return Math.Max(totalBytes / Math.Max(1, count), 2 * MssBytes);
    }

    public bool TryRefuse(in IcmpQuote quote, UnreachableCode code) =>
        Find(quote.Target, quote.TargetPort, quote.Source, quote.SourcePort) is { } connection
        && connection.TryRefuse(quote, code);

    public void NeighborGivenUp(NetworkInterface through, Ipv4Address nextHop)
    {
        foreach (TcpConnection connection in Connections) connection.NeighborGivenUp(through, nextHop);
    }

    public void ConfigurationChanged(NetworkInterface changed)
    {
        foreach (TcpConnection connection in Connections)
        {
            if (connection.Interface != changed) continue;
            bool exists = stack.Ipv4.TryRoute(connection.RemoteAddress.Ipv4, changed, out Ipv4Path path);
            connection.PathChanged(exists, path);
        }
    }

    public void CloseAll()
    {
        foreach (TcpConnection connection in Connections)
            if (!connection.IsKept) connection.Close();
    }

    public void AbortAll()
    {
        foreach (TcpConnection connection in Connections)
            if (!connection.IsKept) connection.Abort();
    }

    public void ResetAll()
    {
        foreach (TcpConnection connection in Connections) connection.Abort();
    }

    public bool Poll(Instant now)
    {
        IsBurstOver = false;
        bool active = false;
        for (int i = _count - 1; i >= 0; i--)
        {
            active |= _connections[i].Poll(now);
            if (_connections[i].State == TcpState.Closed) Forget(i);
        }
        return active;
    }

    private TcpConnection Open(IpAddress address, ushort port)
    {
        if (!address.IsIpv4 || !stack.Ipv4.TryRoute(address.Ipv4, null, out Ipv4Path path) || path.NextHop.IsBroadcast
            || path.Source == path.Target)
            throw new BootFailure(NetFailure.NoRoute, $"There is no route to {address}");
        if (_count == ConnectionsMax) ForgetOldest();
        ushort localPort = RandomFreePort();
        _initialSequence ??= new InitialSequence(stack);
        SeqNumber iss = _initialSequence.Choose(path.Source, localPort, path.Target, port, Now);
        var connection = new TcpConnection(this, stack.Pump, path, localPort, port, iss, Now);
        _connections[_count++] = connection;
        return connection;
    }

    /// <summary>A SYN with FIN or RST, or no control bit at all, is a probe of some scanner.</summary>
    private static bool IsPossible(TcpFlags flags)
    {
        if ((flags & TcpFlags.Syn) != 0) return (flags & (TcpFlags.Fin | TcpFlags.Rst)) == 0;
        return (flags & (TcpFlags.Ack | TcpFlags.Rst)) != 0;
    }

    private TcpConnection? Find(Ipv4Address peer, ushort peerPort, Ipv4Address ours, ushort ourPort)
    {
        if (_lastHit is { } last && IsOf(last, peer, peerPort, ours, ourPort)) return last;
        foreach (TcpConnection connection in Connections)
        {
            if (!IsOf(connection, peer, peerPort, ours, ourPort)) continue;
            _lastHit = connection;
            return connection;
        }
        return null;
    }

    private static bool IsOf(
        TcpConnection connection, Ipv4Address peer, ushort peerPort, Ipv4Address ours, ushort ourPort) =>
        connection.LocalPort == ourPort && connection.RemotePort == peerPort && connection.State != TcpState.Closed
        && connection.RemoteAddress == peer && connection.LocalAddress == ours;

    private void Forget(int index)
    {
        if (_lastHit == _connections[index]) _lastHit = null;
        _count--;
        Array.Copy(_connections, index + 1, _connections, index, _count - index);
        _connections[_count] = null!;
    }

    /// <summary>Makes room by forgetting a connection that is over on both sides.</summary>
    private void ForgetOldest()
    {
        for (int i = 0; i < _count; i++)
        {
            if (!_connections[i].IsFinished) continue;
            _connections[i].Abort();
            Forget(i);
            return;
        }
        throw new BootFailure(NetFailure.TooManyConnections);
    }

    private ushort RandomFreePort()
    {
        for (int i = 0; i < PortTriesMax; i++)
        {
            ushort port = (ushort)(EphemeralPortMin | stack.RandomU16());
            bool isFree = true;
            foreach (TcpConnection connection in Connections) isFree &= connection.LocalPort != port;
            if (isFree) return port;
        }
        throw new BootFailure(NetFailure.PortInUse, "No free TCP port was found");
    }
}
