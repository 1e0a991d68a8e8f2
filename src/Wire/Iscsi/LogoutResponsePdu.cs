using System;

namespace Bootlace.Wire;

/// <summary>The answer to a logout request (RFC 7143 section 11.15).</summary>
public readonly record struct LogoutResponsePdu
{
    /// <summary>It has ended.</summary>
    public const byte Closed = 0;
    /// <summary>There is no such connection.</summary>
    public const byte NoSuchConnection = 1;
    /// <summary>Not for the sake of recovery.</summary>
    public const byte NoRecovery = 2;
    /// <summary>It could not be cleaned up.</summary>
    public const byte CleanupFailed = 3;

    private const int TimeToWaitOffset = 40, TimeToRetainOffset = 42;

    /// <summary><see cref="Closed"/>, or why not.</summary>
    public byte Response { get; init; }

    /// <summary>The request.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>Its numbers.</summary>
    public required TargetSequence Sequence { get; init; }

    /// <summary>Seconds to wait before coming again.</summary>
    public ushort TimeToWait { get; init; }

    /// <summary>Seconds after those in which commands may still be taken over.</summary>
    public ushort TimeToRetain { get; init; }

    /// <summary>Reads the header of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LogoutResponsePdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.LogoutResponse, bytes, out error)) return false;
        pdu = new LogoutResponsePdu
        {
            Response = bytes[2],
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            Sequence = TargetSequence.Read(bytes),
            TimeToWait = BigEndian.ReadU16(bytes, TimeToWaitOffset),
            TimeToRetain = BigEndian.ReadU16(bytes, TimeToRetainOffset),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        PduHeader.Start(target, IscsiOpcode.LogoutResponse, false, PduHeader.Final, 0, InitiatorTag);
        target[2] = Response;
        Sequence.Write(target);
        BigEndian.WriteU16(target, TimeToWaitOffset, TimeToWait);
        BigEndian.WriteU16(target, TimeToRetainOffset, TimeToRetain);
        return PduHeader.Bytes;
    }
}
