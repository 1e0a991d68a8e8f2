using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>ICMP: answers echoes, and tells sockets and connections what routers and hosts say about their
/// packets.</summary>
internal sealed class IcmpLayer(NetworkStack stack)
{
    private readonly List<EchoRequest> _requests = [];
    private RateLimit _echoes = new(200);

    /// <summary>Sends an echo and waits for the very same to come back.</summary>
    public async Task<Duration> EchoAsync(
        Ipv4Address target, ushort sequence, int dataBytes, Duration limit, CancellationToken stop)
    {
        if (!stack.Ipv4.TryRoute(target, null, out Ipv4Path path))
            throw new BootFailure(NetFailure.NoRoute, $"There is no route to {target}");
        int messageBytes = IcmpView.HeaderBytes + dataBytes;
        if (messageBytes > path.Interface.MtuBytes - Ipv4Header.Bytes)
            throw new BootFailure(NetFailure.DatagramTooLong, $"{dataBytes} bytes do not fit one packet");
        var request = new EchoRequest(target, stack.RandomU16(), sequence, dataBytes);
        Instant sentAt = stack.Now;
        Span<byte> message = stack.Ipv4.Payload[..messageBytes];
        EchoRequest.Fill(message[IcmpView.HeaderBytes..]);
        new IcmpEcho(IsReply: false, request.Identifier, sequence).Emit(message);
        stack.Ipv4.Send(path, IpProtocol.Icmp, messageBytes, sentAt);

        _requests.Add(request);
        PumpTimer timer = stack.Pump.Schedule(limit, () => request.Fail(new BootFailure(
            NetFailure.EchoUnanswered, $"{target} does not answer echo {sequence}")));
        using CancellationTokenRegistration registration = stop.Register(request.Cancel);
        try
        {
            return await request.Answered - sentAt;
        }
        finally
        {
            timer.Cancel();
            _requests.Remove(request);
        }
    }

    public void Handle(
        NetworkInterface from, Ipv4Address source, Ipv4Address target, bool isBroadcast, ReadOnlySpan<byte> bytes,
        Instant now)
    {
        if (!IcmpView.TryRead(bytes, out IcmpView message, out _))
            from.Counters.Count(DropReason.MalformedIcmp);
        else if (from.Ipv4 is null || isBroadcast)
            from.Counters.Count(DropReason.UnaskedIcmp);
        else if (message.Type == IcmpType.Echo)
            Answer(from, source, target, message, now);
        else if (message.Type == IcmpType.EchoReply)
            TakeReply(from, source, message, now);
        else if (message.Type != IcmpType.Unreachable || !TryReport(message))
            from.Counters.Count(DropReason.UnaskedIcmp);
    }

    private void Answer(NetworkInterface from, Ipv4Address source, Ipv4Address target, in IcmpView echo, Instant now)
    {
        int messageBytes = IcmpView.HeaderBytes + echo.Payload.Length;
        bool fits = messageBytes <= from.MtuBytes - Ipv4Header.Bytes;
        if (!fits || !_echoes.TryTake(now))
        {
            from.Counters.Count(DropReason.TooManyEchoes);
            return;
        }
        if (!stack.Ipv4.TryRoute(source, from, out Ipv4Path path)) return;
        Span<byte> reply = stack.Ipv4.Payload[..messageBytes];
        echo.Payload.CopyTo(reply[IcmpView.HeaderBytes..]);
        new IcmpEcho(IsReply: true, echo.Identifier, echo.Sequence).Emit(reply);
        stack.Ipv4.Send(new Ipv4Path(from, target, source, path.NextHop), IpProtocol.Icmp, messageBytes, now);
    }

    private void TakeReply(NetworkInterface from, Ipv4Address source, in IcmpView reply, Instant now)
    {
        for (int i = 0; i < _requests.Count; i++)
        {
            if (!_requests[i].IsAnsweredBy(source, reply)) continue;
            _requests[i].Succeed(now);
            return;
        }
        from.Counters.Count(DropReason.UnaskedIcmp);
    }

    private bool TryRefuse(in IcmpQuote quote)
    {
        for (int i = 0; i < _requests.Count; i++)
        {
            if (!_requests[i].IsQuotedBy(quote)) continue;
            _requests[i].Fail(new BootFailure(
                NetFailure.Unreachable, $"A router says that {quote.Target} cannot be reached"));
            return true;
        }
        return false;
    }

    /// <summary>Finds whom the error is about. False: nobody here, or it cannot be true.</summary>
    private bool TryReport(in IcmpView message)
    {
        if (!message.TryReadQuote(out IcmpQuote quote)) return false;
        if (message.UnreachableCode == UnreachableCode.FragmentationNeeded) return false;   // our packets may be cut
        if (quote.Protocol == IpProtocol.Icmp) return TryRefuse(quote);
        if (quote.Protocol == IpProtocol.Udp) return stack.Udp.TryRefuse(quote, message.UnreachableCode);
        if (quote.Protocol == IpProtocol.Tcp) return stack.Tcp.TryRefuse(quote, message.UnreachableCode);
        return false;
    }
}
