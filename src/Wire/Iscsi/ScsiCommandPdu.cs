using System;

namespace Bootlace.Wire;

/// <summary>A SCSI command (RFC 7143 section 11.3).</summary>
public readonly record struct ScsiCommandPdu
{
    private const byte ReadBit = 0x40, WriteBit = 0x20, AttributeSimple = 1;
    private const int CdbOffset = 32;

    /// <summary>Out of the order of commands.</summary>
    public bool IsImmediate { get; init; }

    /// <summary>No unsolicited Data-Out follows it.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The command reads.</summary>
    public bool IsRead { get; init; }

    /// <summary>The command writes.</summary>
    public bool IsWrite { get; init; }

    /// <summary>The logical unit.</summary>
    public ulong Lun { get; init; }

    /// <summary>The command's tag.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>All bytes the command reads or writes.</summary>
    public uint TransferBytes { get; init; }

    /// <summary>Its numbers.</summary>
    public required InitiatorSequence Sequence { get; init; }

    /// <summary>The SCSI command itself.</summary>
    public required ScsiCdb Cdb { get; init; }

    /// <summary>Length of the immediate data.</summary>
    public int DataBytes { get; init; }

    /// <summary>Reads the header of one. The rest of a command longer than 16 bytes would be in an additional
    /// header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ScsiCommandPdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.ScsiCommand, bytes, out error)) return false;
        byte flags = bytes[PduHeader.FlagsOffset];
        pdu = new ScsiCommandPdu
        {
            IsImmediate = (bytes[0] & PduHeader.Immediate) != 0,
            IsFinal = (flags & PduHeader.Final) != 0,
            IsRead = (flags & ReadBit) != 0,
            IsWrite = (flags & WriteBit) != 0,
            Lun = BigEndian.ReadU64(bytes, PduHeader.LunOffset),
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            TransferBytes = BigEndian.ReadU32(bytes, PduHeader.TargetTagOffset),
            Sequence = InitiatorSequence.Read(bytes),
            Cdb = ScsiCdb.Read(bytes[CdbOffset..]),
            DataBytes = PduHeader.ReadDataBytes(bytes),
        };
        return true;
    }

    /// <summary>Writes the header, with the task attribute simple; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        int flags = (IsFinal ? PduHeader.Final : 0) | (IsRead ? ReadBit : 0) | (IsWrite ? WriteBit : 0);
        PduHeader.Start(
            target, IscsiOpcode.ScsiCommand, IsImmediate, (byte)(flags | AttributeSimple), DataBytes, InitiatorTag);
        BigEndian.WriteU64(target, PduHeader.LunOffset, Lun);
        BigEndian.WriteU32(target, PduHeader.TargetTagOffset, TransferBytes);
        Sequence.Write(target);
        Cdb.Write(target[CdbOffset..]);
        return PduHeader.Bytes;
    }
}
