using System;

namespace Bootlace.Wire;

/// <summary>R2T (RFC 7143 section 11.8): the target asks for a part of the data of a command that writes.</summary>
public readonly record struct ReadyToTransferPdu
{
    /// <summary>The LUN, to be repeated in the data.</summary>
    public ulong Lun { get; init; }

    /// <summary>The command.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>To be repeated in the data.</summary>
    public required uint TargetTag { get; init; }

    /// <summary>Its numbers; the StatSN is the next answer's.</summary>
    public required TargetSequence Sequence { get; init; }

    /// <summary>Its place among the command's R2Ts, from 0.</summary>
    public uint R2tSn { get; init; }

    /// <summary>Where the data wanted starts in the command's.</summary>
    public uint BufferOffset { get; init; }

    /// <summary>So many bytes are wanted; never 0.</summary>
    public required uint DesiredBytes { get; init; }

    /// <summary>Reads the header of one. One that wants nothing is refused (section 11.8.4).</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ReadyToTransferPdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.ReadyToTransfer, bytes, out error)) return false;
        uint desiredBytes = BigEndian.ReadU32(bytes, PduHeader.LastOffset);
        error = desiredBytes == 0 ? ParseError.BadLength : ParseError.None;
        if (error != ParseError.None) return false;
        pdu = new ReadyToTransferPdu
        {
            Lun = BigEndian.ReadU64(bytes, PduHeader.LunOffset),
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            TargetTag = BigEndian.ReadU32(bytes, PduHeader.TargetTagOffset),
            Sequence = TargetSequence.Read(bytes),
            R2tSn = BigEndian.ReadU32(bytes, PduHeader.CountOffset),
            BufferOffset = BigEndian.ReadU32(bytes, PduHeader.PlaceOffset),
            DesiredBytes = desiredBytes,
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        PduHeader.Start(target, IscsiOpcode.ReadyToTransfer, false, PduHeader.Final, 0, InitiatorTag);
        BigEndian.WriteU64(target, PduHeader.LunOffset, Lun);
        BigEndian.WriteU32(target, PduHeader.TargetTagOffset, TargetTag);
        Sequence.Write(target);
        BigEndian.WriteU32(target, PduHeader.CountOffset, R2tSn);
        BigEndian.WriteU32(target, PduHeader.PlaceOffset, BufferOffset);
        BigEndian.WriteU32(target, PduHeader.LastOffset, DesiredBytes);
        return PduHeader.Bytes;
    }
}
