using System;

namespace Bootlace.Wire;

/// <summary>A destination unreachable message to send.</summary>
public readonly record struct IcmpUnreachable(UnreachableCode Code)
{
    /// <summary>Writes the message with the header and first eight payload bytes of the packet it is about (RFC 792);
    /// returns its length.</summary>
    public int Emit(Span<byte> target, in Ipv4View packet)
    {
        ReadOnlySpan<byte> quote = packet.Packet;
        quote = quote[..Math.Min(quote.Length, packet.HeaderBytes + 8)];
        Span<byte> message = target[..(IcmpView.HeaderBytes + quote.Length)];
        message[..IcmpView.HeaderBytes].Clear();
        message[0] = IcmpType.Unreachable.Value;
        message[1] = Code.Value;
        quote.CopyTo(message[IcmpView.HeaderBytes..]);
        BigEndian.WriteU16(message, IcmpView.ChecksumOffset, InternetChecksum.Of(message));
        return message.Length;
    }
}
