using System;

namespace Bootlace.Wire;

/// <summary>The target's answer to text (RFC 7143 section 11.11).</summary>
public readonly record struct TextResponsePdu
{
    private const byte ContinueBit = 0x40;

    /// <summary>The sender has nothing more to say in this exchange.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The text goes on in the next PDU.</summary>
    public bool Continues { get; init; }

    /// <summary>The LUN that goes with the target's tag.</summary>
    public ulong Lun { get; init; }

    /// <summary>The exchange's tag.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>To be repeated in the request that goes on from this; <see cref="PduHeader.NoTag"/>: the exchange is
    /// over.</summary>
    public required uint TargetTag { get; init; }

    /// <summary>Its numbers.</summary>
    public required TargetSequence Sequence { get; init; }

    /// <summary>Length of the text.</summary>
    public int DataBytes { get; init; }

    /// <summary>Reads the header of one. Final and to be continued at once is refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TextResponsePdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.TextResponse, bytes, out error)) return false;
        byte flags = bytes[PduHeader.FlagsOffset];
        bool isFinal = (flags & PduHeader.Final) != 0, continues = (flags & ContinueBit) != 0;
        error = isFinal && continues ? ParseError.BadOption : ParseError.None;
        if (error != ParseError.None) return false;
        pdu = new TextResponsePdu
        {
            IsFinal = isFinal,
            Continues = continues,
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
        int flags = (IsFinal ? PduHeader.Final : 0) | (Continues ? ContinueBit : 0);
        PduHeader.Start(target, IscsiOpcode.TextResponse, false, (byte)flags, DataBytes, InitiatorTag);
        BigEndian.WriteU64(target, PduHeader.LunOffset, Lun);
        BigEndian.WriteU32(target, PduHeader.TargetTagOffset, TargetTag);
        Sequence.Write(target);
        return PduHeader.Bytes;
    }
}
