using System;

namespace Bootlace.Wire;

/// <summary>The end of a SCSI command (RFC 7143 section 11.4). Its data segment is sense data behind two bytes of
/// length: <see cref="SenseData.TryReadSegment"/>.</summary>
public readonly record struct ScsiResponsePdu
{
    /// <summary>The command was carried out, well or badly: <see cref="Status"/> says which.</summary>
    public const byte Completed = 0x00;

    /// <summary>The target failed to carry it out.</summary>
    public const byte TargetFailure = 0x01;

    /// <summary><see cref="Completed"/>, or why not.</summary>
    public byte Response { get; init; }

    /// <summary>See <see cref="ScsiStatus"/>; only of a completed command.</summary>
    public byte Status { get; init; }

    /// <summary>The command.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>Its numbers.</summary>
    public required TargetSequence Sequence { get; init; }

    /// <summary>Data-In and R2T PDUs the target has sent for the command; only of a completed command that
    /// reads.</summary>
    public uint ExpDataSn { get; init; }

    /// <summary>How the data differed from what was expected.</summary>
    public Residual Residual { get; init; }

    /// <summary>Length of the data segment.</summary>
    public int DataBytes { get; init; }

    /// <summary>Reads the header of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ScsiResponsePdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.ScsiResponse, bytes, out error)
            || !Residual.TryRead(
                bytes[PduHeader.FlagsOffset], BigEndian.ReadU32(bytes, PduHeader.LastOffset),
                out Residual residual, out error))
            return false;
        pdu = new ScsiResponsePdu
        {
            Response = bytes[2],
            Status = bytes[3],
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            Sequence = TargetSequence.Read(bytes),
            ExpDataSn = BigEndian.ReadU32(bytes, PduHeader.CountOffset),
            Residual = residual,
            DataBytes = PduHeader.ReadDataBytes(bytes),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        byte flags = (byte)(PduHeader.Final | Residual.Flags);
        PduHeader.Start(target, IscsiOpcode.ScsiResponse, false, flags, DataBytes, InitiatorTag);
        target[2] = Response;
        target[3] = Status;
        Sequence.Write(target);
        BigEndian.WriteU32(target, PduHeader.CountOffset, ExpDataSn);
        BigEndian.WriteU32(target, PduHeader.LastOffset, Residual.Bytes);
        return PduHeader.Bytes;
    }
}
