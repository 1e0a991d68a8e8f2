using System;

namespace Bootlace.Wire;

/// <summary>An echo or echo reply to send.</summary>
public readonly record struct IcmpEcho(bool IsReply, ushort Identifier, ushort Sequence)
{
    /// <summary>Writes the header in front of data that already stands in <paramref name="message"/>, which is exactly
    /// the message; returns the header's length.</summary>
    public int Emit(Span<byte> message)
    {
        message[0] = (IsReply ? IcmpType.EchoReply : IcmpType.Echo).Value;
        message[1] = 0;
        BigEndian.WriteU16(message, IcmpView.ChecksumOffset, 0);
        BigEndian.WriteU16(message, IcmpView.IdentifierOffset, Identifier);
        BigEndian.WriteU16(message, IcmpView.SequenceOffset, Sequence);
        BigEndian.WriteU16(message, IcmpView.ChecksumOffset, InternetChecksum.Of(message));
        return IcmpView.HeaderBytes;
    }
}
