using System;

namespace Bootlace.Wire;

/// <summary>NOP-In (RFC 7143 section 11.19): a ping of ours, or the answer to our ping, with the ping's data.</summary>
public readonly record struct NopInPdu
{
    /// <summary>The LUN, where the target wants an answer.</summary>
    public ulong Lun { get; init; }

    /// <summary>The tag of the ping it answers; <see cref="PduHeader.NoTag"/> if it answers none.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>The ping's tag; <see cref="PduHeader.NoTag"/>: no answer is wanted.</summary>
    public required uint TargetTag { get; init; }

    /// <summary>Its numbers. Where it answers nothing its StatSN is the next answer's.</summary>
    public required TargetSequence Sequence { get; init; }

    /// <summary>Length of the data.</summary>
    public int DataBytes { get; init; }

    /// <summary>Reads the header of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NopInPdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.NopIn, bytes, out error)) return false;
        pdu = new NopInPdu
        {
            Lun = BigEndian.ReadU64(bytes, PduHeader.LunOffset),
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            TargetTag = BigEndian.ReadU32(bytes, PduHeader.TargetTagOffset),
            Sequence = TargetSequence.Read(bytes),
            DataBytes = PduHeader.ReadDataBytes(bytes),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        PduHeader.Start(target, IscsiOpcode.NopIn, false, PduHeader.Final, DataBytes, InitiatorTag);
        BigEndian.WriteU64(target, PduHeader.LunOffset, Lun);
        BigEndian.WriteU32(target, PduHeader.TargetTagOffset, TargetTag);
        Sequence.Write(target);
        return PduHeader.Bytes;
    }
}
