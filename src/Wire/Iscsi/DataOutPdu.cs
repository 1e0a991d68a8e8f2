using System;

namespace Bootlace.Wire;

/// <summary>Data of a command that writes (RFC 7143 section 11.7).</summary>
public readonly record struct DataOutPdu
{
    private const int ExpStatSnOffset = InitiatorSequence.ExpStatSnOffset;

    /// <summary>The last of its sequence: of those an R2T asked for, or of the unsolicited ones.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The LUN that the R2T named; 0 in unsolicited data.</summary>
    public ulong Lun { get; init; }

    /// <summary>The command.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>The R2T it answers; <see cref="PduHeader.NoTag"/> in unsolicited data.</summary>
    public required uint TargetTag { get; init; }

    /// <summary>The answer expected next.</summary>
    public required SeqNumber ExpStatSn { get; init; }

    /// <summary>Its place among the PDUs of its sequence, from 0.</summary>
    public uint DataSn { get; init; }

    /// <summary>Where the data stands in the command's.</summary>
    public uint BufferOffset { get; init; }

    /// <summary>Length of the data.</summary>
    public int DataBytes { get; init; }

    /// <summary>Reads the header of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DataOutPdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.DataOut, bytes, out error)) return false;
        pdu = new DataOutPdu
        {
            IsFinal = (bytes[PduHeader.FlagsOffset] & PduHeader.Final) != 0,
            Lun = BigEndian.ReadU64(bytes, PduHeader.LunOffset),
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            TargetTag = BigEndian.ReadU32(bytes, PduHeader.TargetTagOffset),
            ExpStatSn = new SeqNumber(BigEndian.ReadU32(bytes, ExpStatSnOffset)),
            DataSn = BigEndian.ReadU32(bytes, PduHeader.CountOffset),
            BufferOffset = BigEndian.ReadU32(bytes, PduHeader.PlaceOffset),
            DataBytes = PduHeader.ReadDataBytes(bytes),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        byte flags = IsFinal ? PduHeader.Final : (byte)0;
        PduHeader.Start(target, IscsiOpcode.DataOut, false, flags, DataBytes, InitiatorTag);
        BigEndian.WriteU64(target, PduHeader.LunOffset, Lun);
        BigEndian.WriteU32(target, PduHeader.TargetTagOffset, TargetTag);
        BigEndian.WriteU32(target, ExpStatSnOffset, ExpStatSn.Value);
        BigEndian.WriteU32(target, PduHeader.CountOffset, DataSn);
        BigEndian.WriteU32(target, PduHeader.PlaceOffset, BufferOffset);
        return PduHeader.Bytes;
    }
}
