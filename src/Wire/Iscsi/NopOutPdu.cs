using System;

namespace Bootlace.Wire;

/// <summary>NOP-Out (RFC 7143 section 11.18): a ping of the target's, or the answer to its ping, with the ping's data.
/// </summary>
public readonly record struct NopOutPdu
{
    /// <summary>Out of the order of commands. It must be, when no answer is wanted.</summary>
    public bool IsImmediate { get; init; }

    /// <summary>The LUN; that of the ping it answers.</summary>
    public ulong Lun { get; init; }

    /// <summary>The ping's tag; <see cref="PduHeader.NoTag"/>: no answer is wanted.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>The tag of the ping it answers; <see cref="PduHeader.NoTag"/> if it answers none.</summary>
    public required uint TargetTag { get; init; }

    /// <summary>Its numbers.</summary>
    public required InitiatorSequence Sequence { get; init; }

    /// <summary>Length of the data.</summary>
    public int DataBytes { get; init; }

    /// <summary>Reads the header of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NopOutPdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.NopOut, bytes, out error)) return false;
        pdu = new NopOutPdu
        {
            IsImmediate = (bytes[0] & PduHeader.Immediate) != 0,
            Lun = BigEndian.ReadU64(bytes, PduHeader.LunOffset),
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            TargetTag = BigEndian.ReadU32(bytes, PduHeader.TargetTagOffset),
            Sequence = InitiatorSequence.Read(bytes),
            DataBytes = PduHeader.ReadDataBytes(bytes),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        PduHeader.Start(target, IscsiOpcode.NopOut, IsImmediate, PduHeader.Final, DataBytes, InitiatorTag);
        BigEndian.WriteU64(target, PduHeader.LunOffset, Lun);
        BigEndian.WriteU32(target, PduHeader.TargetTagOffset, TargetTag);
        Sequence.Write(target);
        return PduHeader.Bytes;
    }
}
