using System;

namespace Bootlace.Wire;

/// <summary>The target refused a PDU, whose header is the data segment (RFC 7143 section 11.17).</summary>
public readonly record struct RejectPdu
{
    /// <summary>Its data digest was wrong; the target has dropped the data.</summary>
    public const byte DataDigestError = 0x02;
    /// <summary>The data acknowledgement or request makes no sense.</summary>
    public const byte SnackReject = 0x03;
    /// <summary>Against the protocol.</summary>
    public const byte ProtocolError = 0x04;
    /// <summary>The target has no such command.</summary>
    public const byte NotSupported = 0x05;
    /// <summary>Too many immediate commands.</summary>
    public const byte ImmediateCommandReject = 0x06;
    /// <summary>The command is being carried out already.</summary>
    public const byte TaskInProgress = 0x07;
    /// <summary>The data acknowledgement came too early or late.</summary>
    public const byte InvalidDataAcknowledgement = 0x08;
    /// <summary>A field has a value that it must not have.</summary>
    public const byte InvalidField = 0x09;
    /// <summary>The target has no room for the exchange.</summary>
    public const byte OutOfResources = 0x0a;
    /// <summary>The text negotiation was reset.</summary>
    public const byte NegotiationReset = 0x0b;
    /// <summary>The target waits for a logout.</summary>
    public const byte WaitingForLogout = 0x0c;

    /// <summary>Why.</summary>
    public required byte Reason { get; init; }

    /// <summary>Its numbers.</summary>
    public required TargetSequence Sequence { get; init; }

    /// <summary>The next DataSN or R2TSN; only with <see cref="ProtocolError"/> and the like about data.</summary>
    public uint DataSn { get; init; }

    /// <summary>Length of the data.</summary>
    public int DataBytes { get; init; }

    /// <summary>Reads the header of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RejectPdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.Reject, bytes, out error)) return false;
        pdu = new RejectPdu
        {
            Reason = bytes[2],
            Sequence = TargetSequence.Read(bytes),
            DataSn = BigEndian.ReadU32(bytes, PduHeader.CountOffset),
            DataBytes = PduHeader.ReadDataBytes(bytes),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        PduHeader.Start(target, IscsiOpcode.Reject, false, PduHeader.Final, DataBytes, PduHeader.NoTag);
        target[2] = Reason;
        Sequence.Write(target);
        BigEndian.WriteU32(target, PduHeader.CountOffset, DataSn);
        return PduHeader.Bytes;
    }
}
