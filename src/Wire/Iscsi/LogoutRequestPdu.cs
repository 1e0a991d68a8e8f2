using System;

namespace Bootlace.Wire;

/// <summary>The initiator wants the end of a connection or of the session (RFC 7143 section 11.14).</summary>
public readonly record struct LogoutRequestPdu
{
    /// <summary>The session shall end.</summary>
    public const byte CloseSession = 0;
    /// <summary>The connection shall end.</summary>
    public const byte CloseConnection = 1;

    private const byte ReasonMask = 0x7f;
    private const int ConnectionOffset = LoginRequestPdu.ConnectionOffset;

    /// <summary>Out of the order of commands.</summary>
    public bool IsImmediate { get; init; }

    /// <summary>What shall end.</summary>
    public required byte Reason { get; init; }

    /// <summary>The request's tag.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>The connection's number in the session; counts only where a connection shall end.</summary>
    public ushort ConnectionId { get; init; }

    /// <summary>Its numbers.</summary>
    public required InitiatorSequence Sequence { get; init; }

    /// <summary>Reads the header of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LogoutRequestPdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.LogoutRequest, bytes, out error)) return false;
        pdu = new LogoutRequestPdu
        {
            IsImmediate = (bytes[0] & PduHeader.Immediate) != 0,
            Reason = (byte)(bytes[PduHeader.FlagsOffset] & ReasonMask),
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            ConnectionId = BigEndian.ReadU16(bytes, ConnectionOffset),
            Sequence = InitiatorSequence.Read(bytes),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        byte flags = (byte)(PduHeader.Final | Reason);
        PduHeader.Start(target, IscsiOpcode.LogoutRequest, IsImmediate, flags, 0, InitiatorTag);
        BigEndian.WriteU16(target, ConnectionOffset, ConnectionId);
        Sequence.Write(target);
        return PduHeader.Bytes;
    }
}
