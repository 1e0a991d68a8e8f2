using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>ICMP: answers echoes, and tells sockets and connections what routers and hosts say about their
/// packets.</summary>
internal sealed class IcmpLayer(NetworkStack stack)
{
    private RateLimit _echoes = new(200);

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

    /// <summary>Finds whom the error is about. False: nobody here, or it cannot be true.</summary>
    private bool TryReport(in IcmpView message)
    {
        if (!message.TryReadQuote(out IcmpQuote quote)) return false;
        if (message.UnreachableCode == UnreachableCode.FragmentationNeeded) return false;   // our packets may be cut
        if (quote.Protocol == IpProtocol.Udp) return stack.Udp.TryRefuse(quote, message.UnreachableCode);
        if (quote.Protocol == IpProtocol.Tcp) return stack.Tcp.TryRefuse(quote, message.UnreachableCode);
        return false;
    }
}
