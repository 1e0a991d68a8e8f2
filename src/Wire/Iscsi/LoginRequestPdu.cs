using System;

namespace Bootlace.Wire;

/// <summary>A step of the login from the initiator (RFC 7143 section 11.12). Its text is read with
/// <see cref="IscsiText"/> and written with <see cref="IscsiTextWriter"/>.</summary>
public readonly record struct LoginRequestPdu
{
    internal const int VersionOffset = 2, IsidOffset = 8, TsihOffset = 14, ConnectionOffset = 20;

    /// <summary>The sender is ready for the next stage: T.</summary>
    public bool Transits { get; init; }

    /// <summary>The text goes on in the next PDU: C.</summary>
    public bool Continues { get; init; }

    /// <summary>See <see cref="LoginStage"/>: CSG.</summary>
    public required byte Stage { get; init; }

    /// <summary>The stage to go to; counts only with <see cref="Transits"/>: NSG.</summary>
    public byte NextStage { get; init; }

    /// <summary>The initiator's part of the session's identity.</summary>
    public required Isid Isid { get; init; }

    /// <summary>The target's part; 0 for a new session.</summary>
    public ushort Tsih { get; init; }

    /// <summary>The same in each step of a login.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>The connection's number in the session.</summary>
    public ushort ConnectionId { get; init; }

    /// <summary>Its numbers.</summary>
    public required InitiatorSequence Sequence { get; init; }

    /// <summary>Length of the text.</summary>
    public int DataBytes { get; init; }

    /// <summary>Reads the header of one. Flags that contradict each other are refused, and an initiator that does not
    /// know version 0, the only one there is.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LoginRequestPdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.LoginRequest, bytes, out error)
            || !LoginFlags.TryRead(bytes[PduHeader.FlagsOffset], out LoginFlags flags, out error))
            return false;
        byte versionMin = bytes[VersionOffset + 1];   // behind the highest
        error = versionMin != 0 ? ParseError.BadVersion : ParseError.None;
        if (error != ParseError.None) return false;
        pdu = new LoginRequestPdu
        {
            Transits = flags.Transits,
            Continues = flags.Continues,
            Stage = flags.Stage,
            NextStage = flags.NextStage,
            Isid = Isid.Read(bytes[IsidOffset..]),
            Tsih = BigEndian.ReadU16(bytes, TsihOffset),
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            ConnectionId = BigEndian.ReadU16(bytes, ConnectionOffset),
            Sequence = InitiatorSequence.Read(bytes),
            DataBytes = PduHeader.ReadDataBytes(bytes),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        var flags = new LoginFlags(Transits, Continues, Stage, NextStage);
        PduHeader.Start(target, IscsiOpcode.LoginRequest, true, flags.Value, DataBytes, InitiatorTag);
        Isid.Write(target[IsidOffset..]);
        BigEndian.WriteU16(target, TsihOffset, Tsih);
        BigEndian.WriteU16(target, ConnectionOffset, ConnectionId);
        Sequence.Write(target);
        return PduHeader.Bytes;
    }
}
