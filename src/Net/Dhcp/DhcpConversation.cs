using System;
using System.Buffers.Binary;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>One run of <see cref="DhcpClient"/>: discover, request, ask the proxy.</summary>
internal sealed class DhcpConversation(
    Pump pump, IEntropy entropy, UdpSocket socket, NetworkInterface on, DhcpIdentity identity)
{
    private const ushort ServerPort = 67, ProxyPort = 4011;
    private const int DiscoversMax = 4, RequestsMax = 6, RefusalsMax = 10, DeferralsMax = 180;
    private const int FirstRequestDelayMs = 250;
    private static readonly Duration ProxyWait = Duration.FromSeconds(2);
    private static readonly Duration DeferralDelay = Duration.FromSeconds(1);
    private static readonly Duration RefusalDelay = Duration.FromSeconds(1);

    private readonly byte[] _message = new byte[DhcpMessage.BytesMax];
    private uint _xid;
    private int _sentCount;
    private int _deferrals;
    private Instant _startedAt;
    private DhcpOffer? _offer;
    private DhcpOffer? _proxy;

    public async Task<DhcpLease> RunAsync(CancellationToken stop)
    {
        for (int refusals = 0; refusals < RefusalsMax; refusals++)
        {
            if (refusals > 0) await pump.Delay(RefusalDelay, stop);
            DhcpOffer offer = await DiscoverAsync(stop);
            byte[]? ack = offer.IsBootp ? offer.Packet : await RequestAsync(offer, stop);
            if (ack is null) continue;
            DhcpLease lease = DhcpLease.FromAnswer(ack, default);
            on.Configure(lease.ToConfiguration());
            byte[]? proxy = _proxy is null ? null : await AskProxyAsync(_proxy, lease.Address, stop);
            return proxy is null ? lease : DhcpLease.FromAnswer(ack, proxy);
        }
        throw new BootFailure(DhcpFailure.Refused);
    }

    /// <summary>Discovers at 0, 1, 3 and 7 s until there is an offer worth taking. What was lost because the switch
    /// lets nothing through does not count: it all begins anew when the port is open.</summary>
    private async Task<DhcpOffer> DiscoverAsync(CancellationToken stop)
    {
        _xid = NewXid();
        _sentCount = 0;
        _startedAt = pump.Now;
        (_offer, _proxy) = (null, null);
        for (int attempt = 0; attempt < DiscoversMax; attempt++)
        {
            SendBroadcast(DhcpMessageType.Discover, null);
            if (await ListenAsync(Duration.FromSeconds(1 << attempt), stop) is { } offer) return offer;
            if (_offer is not null || !on.IsBlocked || _deferrals == DeferralsMax) continue;
            if (await WaitForPortAsync(stop) is { } unexpected) return unexpected;
            attempt = -1;
        }
        string state = on.IsBlocked ? ", whose switch lets nothing through" : "";
        throw new BootFailure(DhcpFailure.NoOffer, $"No DHCP server answers on {on.Name}{state}");
    }

    /// <summary>Waits in silence as long as the switch lets nothing through, three minutes at most in all. An offer
    /// that comes nevertheless is as good as any.</summary>
    private async Task<DhcpOffer?> WaitForPortAsync(CancellationToken stop)
    {
        for (; on.IsBlocked && _deferrals < DeferralsMax; _deferrals++)
        {
            if (await ListenAsync(DeferralDelay, stop) is { } offer) return offer;
        }
        if (_offer is null) _startedAt = pump.Now;
        return null;
    }

    /// <summary>The offer that is decided for within that time, or null.</summary>
    private async Task<DhcpOffer?> ListenAsync(Duration limit, CancellationToken stop)
    {
        Instant until = pump.Now + limit;
        while (pump.Now < until)
        {
            Instant deadline = _offer is null ? until : Instant.Earlier(until, _startedAt + ProxyWait);
            if (await socket.WaitAsync(deadline, stop)) TakeOffers();
            if (_offer is { } offer && IsDecided(offer)) return offer;
        }
        return null;
    }

    /// <summary>An offer is taken at once if it says itself where to boot from or that no proxy is to be waited for, or
    /// if the proxy has spoken; else two seconds after the start. (iPXE waits in the first case too.)</summary>
    private bool IsDecided(DhcpOffer offer) =>
        offer.HasBootFile || offer.ForbidsProxy || _proxy is not null || pump.Now - _startedAt >= ProxyWait;

    private void TakeOffers()
    {
        while (socket.TryReceive(out UdpDatagram datagram))
        {
            if (!TryReadReply(datagram, out DhcpView view)) continue;
            if (view.Type != DhcpMessageType.Offer && view.Type != DhcpMessageType.Bootp) continue;
            var heard = new DhcpOffer(view, datagram.Source.Ipv4);
            bool isBetter = _offer is null || heard.Priority >= _offer.Priority;
            if (heard.Address.IsHost && isBetter) _offer = heard;
            if (heard.IsProxy && (_proxy is null || heard.Priority >= _proxy.Priority)) _proxy = heard;
        }
    }

    /// <summary>Requests at 0, 0.25, 0.75, 1.75, 3.75 and 7.75 s. Null: the server refused.</summary>
    private async Task<byte[]?> RequestAsync(DhcpOffer offer, CancellationToken stop)
    {
        for (int attempt = 0; attempt < RequestsMax; attempt++)
        {
            SendBroadcast(DhcpMessageType.Request, offer);
            Instant retryAt = pump.Now + Duration.FromMilliseconds(FirstRequestDelayMs << attempt);
            while (pump.Now < retryAt && await socket.WaitAsync(retryAt, stop))
            {
                if (TryTakeAnswer(offer, out byte[]? ack)) return ack;
            }
        }
        throw new BootFailure(DhcpFailure.NoAck, $"The DHCP server {offer.Server} does not confirm {offer.Address}");
    }

    /// <summary>An answer counts only from the server whose offer was taken, a confirmation only with the address
    /// offered.
    /// </summary>
    private bool TryTakeAnswer(DhcpOffer offer, out byte[]? ack)
    {
        ack = null;
        while (socket.TryReceive(out UdpDatagram datagram))
        {
            if (datagram.SourcePort != ServerPort || !TryReadReply(datagram, out DhcpView view)) continue;
            if (DhcpOffer.ServerOf(view, datagram.Source.Ipv4) != offer.Server) continue;
            if (view.Type == DhcpMessageType.Nak) return true;
            bool isAck = view.Type == DhcpMessageType.Ack || view.Type == DhcpMessageType.Bootp;
            if (!isAck || view.YourAddress != offer.Address) continue;
            ack = view.Message.ToArray();
            return true;
        }
        return false;
    }

    /// <summary>What the proxy has to say: its offer, if that names something to boot, else its answer to a request of
    /// its own. Null: it does not answer; we are none the worse for it.</summary>
    private async Task<byte[]?> AskProxyAsync(DhcpOffer proxy, Ipv4Address address, CancellationToken stop)
    {
        if (proxy.HasBootInfo) return proxy.Packet;
        Instant giveUpAt = pump.Now + ProxyWait;
        for (int attempt = 0; pump.Now < giveUpAt; attempt++)
        {
            Instant retryAt = pump.Now + Duration.FromMilliseconds(FirstRequestDelayMs << attempt);
            retryAt = Instant.Earlier(retryAt, giveUpAt);
            try
            {
                SendToProxy(proxy, address);
                while (pump.Now < retryAt && await socket.WaitAsync(retryAt, stop))
                {
                    if (TryTakeProxyAnswer(proxy, out byte[]? answer)) return answer;
                }
            }
            catch (BootFailure failure) when (IsNobodyThere(failure))
            {
                return null;
            }
        }
        return null;
    }

    private static bool IsNobodyThere(BootFailure failure) =>
        failure.Kind == NetFailure.PortUnreachable || failure.Kind == NetFailure.Unreachable
        || failure.Kind == NetFailure.NeighborSilent || failure.Kind == NetFailure.NoRoute;

    private bool TryTakeProxyAnswer(DhcpOffer proxy, out byte[]? answer)
    {
        answer = null;
        while (socket.TryReceive(out UdpDatagram datagram))
        {
            if (datagram.SourcePort != ProxyPort || !TryReadReply(datagram, out DhcpView view)) continue;
            if (view.Type != DhcpMessageType.Ack && view.Type != DhcpMessageType.Bootp) continue;
            if (DhcpOffer.ServerOf(view, datagram.Source.Ipv4) != proxy.Server) continue;
            answer = view.Message.ToArray();
            return true;
        }
        return false;
    }

    /// <summary>A well-formed reply of this transaction to this card: xid and station address both.</summary>
    private bool TryReadReply(scoped in UdpDatagram datagram, out DhcpView view) =>
        DhcpView.TryRead(datagram.Payload, out view, out _)
        && view.IsReply && view.Xid == _xid && view.IsFor(on.Device.Address);

    private void SendBroadcast(DhcpMessageType type, DhcpOffer? offer) =>
        Send(Ipv4Address.Broadcast, ServerPort, new DhcpMessage
    {
        Type = type,
        Xid = _xid,
        Mac = on.Device.Address,
        Identity = identity,
        Seconds = NextSeconds(),
        WantsBroadcast = on.Ipv4 is not null,
        ServerId = offer?.Server,
        RequestedAddress = offer?.Address,
    });

    private void SendToProxy(DhcpOffer proxy, Ipv4Address address) => Send(proxy.Server, ProxyPort, new DhcpMessage
    {
        Type = DhcpMessageType.Request,
        Xid = _xid,
        Mac = on.Device.Address,
        Identity = identity,
        Seconds = NextSeconds(),
        ClientAddress = address,
        ServerId = proxy.Server,
    });

    private void Send(Ipv4Address to, ushort port, DhcpMessage message)
    {
        if (!message.TryEmit(_message, out int countBytes)) throw new BootFailure(DhcpFailure.IdentityTooLong);
        socket.Send(to, port, _message.AsSpan(0, countBytes));
    }

    /// <summary>iPXE's use of the seconds field: packets sent times four, plus what has been heard so far.</summary>
    private ushort NextSeconds() => (ushort)(++_sentCount << 2 | (_offer is null ? 0 : 2) | (_proxy is null ? 0 : 1));

    private uint NewXid()
    {
        Span<byte> bytes = stackalloc byte[4];
        entropy.Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
