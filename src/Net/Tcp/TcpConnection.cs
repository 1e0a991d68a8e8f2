using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>A TCP connection that we opened (RFC 9293). Segments come in through the stack; everything goes out when
/// the stack is polled.</summary>
public sealed partial class TcpConnection : IByteStream
{
    /// <summary>SYNs go out at 0, 0.5, 1.5, 3.5 and 7.5 seconds.</summary>
    private static readonly Duration ConnectTimeMax = Duration.FromSeconds(15);
    /// <summary>How long the peer may take nothing while we have something for it (RFC 5482's user time-out).</summary>
    private static readonly Duration NoProgressTimeMax = Duration.FromSeconds(60);
    /// <summary>Silence before we ask whether the peer is still there; iPXE's interval.</summary>
    private static readonly Duration KeepAliveIdle = Duration.FromSeconds(15);
    private static readonly Duration KeepAliveInterval = Duration.FromSeconds(5);
    private const int KeepAliveProbesMax = 5;
    /// <summary>How long a closed connection is remembered for the peer's sake. Ports are random and sequence numbers
    /// by RFC 6528, so two minutes would protect nothing.</summary>
    private static readonly Duration TimeWaitTime = Duration.FromSeconds(2);
    private static readonly Duration FinWaitTimeMax = Duration.FromSeconds(10);

    private readonly TcpLayer _layer;
    private readonly TcpReceiver _receiver;
    private readonly TcpSender _sender;
    private readonly PendingOperation<bool> _connect;
    private readonly SeqNumber _iss;
    private FailureSource _failure;
    private RateLimit _challenges = new(10);
    private Ipv4Path _path;
    private Instant _stateDeadline = Instant.Never;
    private Instant _lastHeardAt;
    private Instant _keepAliveAt = Instant.Never;
    private int _keepAliveProbes;
    private byte _shift = WindowShift;
    private bool _peerTakesSack;
    private bool _isClosedByUs;
    private bool _isBlocked;      // the card took no more: try again soon

    internal TcpConnection(
        TcpLayer layer, Pump pump, in Ipv4Path path, ushort localPort, ushort remotePort, SeqNumber iss, Instant now)
    {
        _layer = layer;
        _path = path;
        LocalPort = localPort;
        RemotePort = remotePort;
        _iss = iss;
        _receiver = new TcpReceiver(pump);
        _sender = new TcpSender(pump, iss, MssOfLink) { ProgressAt = now };
        _connect = new PendingOperation<bool>(pump);
        _stateDeadline = now + ConnectTimeMax;
    }

    /// <summary>Where it stands.</summary>
    public TcpState State { get; private set; } = TcpState.SynSent;

    /// <summary>Our address.</summary>
    public IpAddress LocalAddress => _path.Source;

    /// <summary>Our port, chosen at random.</summary>
    public ushort LocalPort { get; }

    /// <summary>The peer's address.</summary>
    public IpAddress RemoteAddress => _path.Target;

    /// <summary>The peer's port.</summary>
    public ushort RemotePort { get; }

    /// <summary>It outlives the hand-over to a program: <see cref="NetworkStack.CloseConnectionsAsync"/> leaves it
    /// alone.</summary>
    public bool IsKept { get; set; }

    internal NetworkInterface Interface => _path.Interface;

    /// <summary>The peer may send data, also on a connection kept for later: it still has the window it was
    /// given.</summary>
    internal bool IsReceiving => State <= TcpState.FinWait2;

    /// <summary>Only we keep it open.</summary>
    internal bool IsFinished => State is TcpState.TimeWait or TcpState.Closed;

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop) =>
        _receiver.ReadAsync(target, mustFill: false, _failure, stop);

    /// <inheritdoc/>
    public ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop) =>
        _receiver.ReadAsync(target, mustFill: true, _failure, stop);

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        _failure.ThrowIfSet();
        if (_sender.ProgressAt < _lastHeardAt && !_sender.HasWork) _sender.ProgressAt = _lastHeardAt;
        return _sender.WriteAsync(source, stop);
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (_isClosedByUs || State == TcpState.Closed) return;
        _isClosedByUs = true;
        if (State == TcpState.SynSent || _receiver.UnreadBytes > 0)
        {
            Abort();   // RFC 1122, 4.2.2.13: the peer must learn that its data was not read
            return;
        }
        _sender.ProgressAt = _layer.Now;
        _sender.QueueFin();
        Enter(State == TcpState.CloseWait ? TcpState.LastAck : TcpState.FinWait1, _layer.Now);
        SetFailure(NetFailure.NotConnected, "The connection is closed");
    }

    /// <inheritdoc/>
    public void Abort()
    {
        if (State == TcpState.Closed) return;
        if (State is not (TcpState.SynSent or TcpState.TimeWait)) SendReset(_layer.Now);
        Finish(NetFailure.NotConnected, "The connection was dropped");
    }

    /// <summary>Waits for the peer's answer to our SYN.</summary>
    internal ValueTask<bool> WhenConnected(CancellationToken stop) => _connect.Start(stop);

    /// <summary>The interface was configured anew.</summary>
    internal void PathChanged(bool exists, in Ipv4Path path)
    {
        if (exists && path.Source == _path.Source && path.Interface == _path.Interface) _path = path;
        else Finish(NetFailure.AddressGone, $"The interface {_path.Interface.Name} has lost the address in use");
    }

    /// <summary>The next hop does not answer ARP.</summary>
    internal void NeighborGivenUp(NetworkInterface through, Ipv4Address nextHop)
    {
        if (_path.Interface != through || _path.NextHop != nextHop || State != TcpState.SynSent) return;
        Finish(NetFailure.NeighborSilent, $"{nextHop} does not answer ARP on {through.Name}");
    }

    /// <summary>An ICMP error quotes a segment. Only one about our SYN counts (RFC 5461): later, retransmission
    /// decides.</summary>
    internal bool TryRefuse(in IcmpQuote quote, UnreachableCode code)
    {
        if (State != TcpState.SynSent || quote.Sequence != _iss) return false;
        if (code == UnreachableCode.Port || code == UnreachableCode.Protocol)
            Finish(NetFailure.ConnectionRefused, $"{Peer} refused the connection");
        else
            Finish(NetFailure.Unreachable, $"A router says that {RemoteAddress} cannot be reached");
        return true;
    }

    private string Peer => $"{RemoteAddress} port {RemotePort}";

    private void Enter(TcpState state, Instant now)
    {
        State = state;
        _stateDeadline = state switch
        {
            TcpState.TimeWait => now + TimeWaitTime,
            TcpState.FinWait2 => now + FinWaitTimeMax,
            _ => Instant.Never,
        };
    }

    /// <summary>The end: nothing more is sent, whoever waits is told.</summary>
    private void Finish(FailureKind kind, string sentence)
    {
        State = TcpState.Closed;
        SetFailure(kind, sentence);
        if (_connect.IsPending) _connect.Fail(_failure.Create());
    }

    private void SetFailure(FailureKind kind, string sentence)
    {
        if (!_failure.IsSet) _failure.Set(kind, sentence);
        _receiver.Fail(_failure.Create());
        _sender.Fail(_failure.Create());
    }
}
