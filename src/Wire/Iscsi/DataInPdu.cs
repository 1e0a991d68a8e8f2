using System;

namespace Bootlace.Wire;

/// <summary>Data of a command that reads, and with <see cref="HasStatus"/> the command's end (RFC 7143 section
/// 11.7).</summary>
public readonly record struct DataInPdu
{
    private const byte AcknowledgeBit = 0x40, StatusBit = 0x01;

    /// <summary>The last of a sequence.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The target asks for an acknowledgement; never without error recovery.</summary>
    public bool WantsAcknowledgement { get; init; }

    /// <summary>It ends the command too: <see cref="Status"/>, the StatSN and <see cref="Residual"/> count.</summary>
    public bool HasStatus { get; init; }

    /// <summary>See <see cref="ScsiStatus"/>.</summary>
    public byte Status { get; init; }

    /// <summary>The LUN, where an acknowledgement is wanted.</summary>
    public ulong Lun { get; init; }

    /// <summary>The command.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>For the acknowledgement; else <see cref="PduHeader.NoTag"/>.</summary>
    public uint TargetTag { get; init; }

    /// <summary>Its numbers; the StatSN only with <see cref="HasStatus"/>.</summary>
    public required TargetSequence Sequence { get; init; }

    /// <summary>Its place among the command's Data-In PDUs, from 0.</summary>
    public uint DataSn { get; init; }

    /// <summary>Where the data stands in the command's.</summary>
    public uint BufferOffset { get; init; }

    /// <summary>How all the data differed from what was expected.</summary>
    public Residual Residual { get; init; }

    /// <summary>Length of the data.</summary>
    public int DataBytes { get; init; }

    /// <summary>Reads the header of one. Status in a PDU that is not the last is refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DataInPdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.DataIn, bytes, out error)) return false;
        byte flags = bytes[PduHeader.FlagsOffset];
        bool isFinal = (flags & PduHeader.Final) != 0, hasStatus = (flags & StatusBit) != 0;
        Residual residual = default;
        uint count = BigEndian.ReadU32(bytes, PduHeader.LastOffset);
        if (hasStatus && !Residual.TryRead(flags, count, out residual, out error)) return false;
        error = hasStatus && !isFinal ? ParseError.BadOption : ParseError.None;
        if (error != ParseError.None) return false;
        pdu = new DataInPdu
        {
            IsFinal = isFinal,
            WantsAcknowledgement = (flags & AcknowledgeBit) != 0,
            HasStatus = hasStatus,
            Status = hasStatus ? bytes[3] : (byte)0,
            Lun = BigEndian.ReadU64(bytes, PduHeader.LunOffset),
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            TargetTag = BigEndian.ReadU32(bytes, PduHeader.TargetTagOffset),
            Sequence = TargetSequence.Read(bytes),
            DataSn = BigEndian.ReadU32(bytes, PduHeader.CountOffset),
            BufferOffset = BigEndian.ReadU32(bytes, PduHeader.PlaceOffset),
            Residual = residual,
            DataBytes = PduHeader.ReadDataBytes(bytes),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        int flags = (IsFinal ? PduHeader.Final : 0) | (WantsAcknowledgement ? AcknowledgeBit : 0)
            | (HasStatus ? StatusBit | Residual.Flags : 0);
        PduHeader.Start(target, IscsiOpcode.DataIn, false, (byte)flags, DataBytes, InitiatorTag);
        target[3] = Status;
        BigEndian.WriteU64(target, PduHeader.LunOffset, Lun);
        BigEndian.WriteU32(target, PduHeader.TargetTagOffset, TargetTag);
        Sequence.Write(target);
        BigEndian.WriteU32(target, PduHeader.CountOffset, DataSn);
        BigEndian.WriteU32(target, PduHeader.PlaceOffset, BufferOffset);
        BigEndian.WriteU32(target, PduHeader.LastOffset, Residual.Bytes);
        return PduHeader.Bytes;
    }
}
