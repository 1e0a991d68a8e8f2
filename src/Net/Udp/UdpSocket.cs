using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>A bound UDP port. Received datagrams wait in a bounded queue; those that do not fit are dropped and
/// counted.
/// </summary>
public sealed class UdpSocket : IDisposable
{
    private readonly NetworkStack _stack;
    private readonly UdpQueue _queue;
    private readonly PendingOperation<bool> _wait;
    private Instant _deadline;
    private Ipv4Address _lastTarget;
    private ushort _lastPort;
    private BootFailure? _refusal;
    private bool _isHeld;       // the first datagram has been handed out
    private bool _isDisposed;

    internal UdpSocket(NetworkStack stack, NetworkInterface? only, ushort port, int queueBytes)
    {
        _stack = stack;
        Only = only;
        LocalPort = port;
        _wait = new PendingOperation<bool>(stack.Pump);
        _queue = new UdpQueue(queueBytes);
    }

    /// <summary>Our port.</summary>
    public ushort LocalPort { get; }

    /// <summary>The one interface it uses; null: whichever routes say.</summary>
    public NetworkInterface? Only { get; }

    /// <summary>Datagrams dropped because the queue was full.</summary>
    public long Overflows { get; private set; }

    internal Instant NextDeadline => _wait.IsPending ? _deadline : Instant.Never;

    /// <summary>Longest payload that can be sent to, or come unfragmented from, that address.</summary>
    /// <exception cref="BootFailure">There is no route.</exception>
    public int PayloadBytesMaxTo(IpAddress to) =>
        PathTo(to).Interface.MtuBytes - Ipv4Header.Bytes - UdpView.HeaderBytes;

    /// <summary>Sends a datagram; the stack asks for the next hop's station first if need be. Like any datagram it may
    /// get lost, also between here and the card.</summary>
    /// <remarks>To 255.255.255.255 on a socket bound to one interface it goes out even before that has an address, from
    /// 0.0.0.0 then, as DHCP needs.</remarks>
    /// <exception cref="BootFailure">There is no route, or the payload is too long for one packet.</exception>
    public void Send(IpAddress to, ushort port, ReadOnlySpan<byte> payload)
    {
        Check.That(!_isDisposed);
        Ipv4Path path = PathTo(to);
        int datagramBytes = UdpView.HeaderBytes + payload.Length;
        if (datagramBytes > path.Interface.MtuBytes - Ipv4Header.Bytes)
            throw new BootFailure(NetFailure.DatagramTooLong);
        (_lastTarget, _lastPort) = (path.Target, port);
        Span<byte> datagram = _stack.Ipv4.Payload[..datagramBytes];
        payload.CopyTo(datagram[UdpView.HeaderBytes..]);
        new UdpHeader(LocalPort, port).Emit(datagram, path.Source, path.Target);
        _stack.Ipv4.Send(path, IpProtocol.Udp, datagramBytes, _stack.Now);
    }

    /// <summary>Waits for a datagram. True: <see cref="TryReceive"/> will give one; false: the deadline has
    /// passed.</summary>
    /// <exception cref="BootFailure">ICMP says that what was sent last reached nobody (<see
    /// cref="NetFailure.PortUnreachable"/>,
    /// <see cref="NetFailure.Unreachable"/>), or the next hop does not answer ARP. The socket can be used
    /// on.</exception>
    public ValueTask<bool> WaitAsync(Instant deadline, CancellationToken stop)
    {
        Check.That(!_isDisposed);
        stop.ThrowIfCancellationRequested();
        if (HasDatagram) return new ValueTask<bool>(true);
        if (_refusal is { } refusal)
        {
            _refusal = null;
            throw refusal;
        }
        _deadline = deadline;
        return _wait.Start(stop);
    }

    /// <summary>Takes the next datagram. It is valid until the next call.</summary>
    public bool TryReceive(out UdpDatagram datagram)
    {
        if (_isHeld) _queue.RemoveFirst();
        _isHeld = _queue.Count > 0;
        datagram = _isHeld ? new UdpDatagram(_queue.First, _queue.FirstPayload) : default;
        return _isHeld;
    }

    /// <summary>Frees the port.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _stack.Udp.Remove(this);
        if (_wait.IsPending) _wait.Fail(new BootFailure(NetFailure.NotConnected));
    }

    private bool HasDatagram => _queue.Count > (_isHeld ? 1 : 0);

    internal bool TryQueue(in UdpQueue.Entry from, ReadOnlySpan<byte> payload)
    {
        if (_queue.TryAdd(from, payload)) return true;
        Overflows++;
        return false;
    }

    internal bool HasSentTo(Ipv4Address target, ushort port) => _lastTarget == target && _lastPort == port;

    internal bool UsesNextHop(NetworkInterface through, Ipv4Address nextHop) =>
        !_lastTarget.IsUnspecified && _stack.Ipv4.TryRoute(_lastTarget, Only, out Ipv4Path path)
        && path.Interface == through && path.NextHop == nextHop;

    internal void Refuse(FailureKind kind, string sentence) => _refusal = new BootFailure(kind, sentence);

    /// <summary>Ends the wait if there is cause. Called once at the end of each burst of frames.</summary>
    internal bool Poll(Instant now)
    {
        if (!_wait.IsPending) return false;
        if (_wait.CancelIfAsked()) return true;
        if (HasDatagram) _wait.Complete(true);
        else if (_refusal is { } refusal)
        {
            _refusal = null;
            _wait.Fail(refusal);
        }
        else if (_deadline <= now) _wait.Complete(false);
        else return false;
        return true;
    }

    private Ipv4Path PathTo(IpAddress to)
    {
        if (to.IsIpv4)
        {
            Ipv4Address target = to.Ipv4;
            if (_stack.Ipv4.TryRoute(target, Only, out Ipv4Path path)) return path;
            if (target.IsBroadcast && Only is { IsOpen: true }) return new Ipv4Path(Only, default, target, target);
            if (Only is { IsOpen: false })
                throw new BootFailure(NetFailure.InterfaceClosed, $"The network interface {Only.Name} is not open");
        }
        throw new BootFailure(NetFailure.NoRoute, $"There is no route to {to}");
    }
}
