using System;

namespace Bootlace.Wire;

/// <summary>The target's answer to a step of the login (RFC 7143 section 11.13).</summary>
public readonly record struct LoginResponsePdu
{
    /// <summary>The target is ready for the next stage: T.</summary>
    public bool Transits { get; init; }

    /// <summary>The text goes on in the next PDU: C.</summary>
    public bool Continues { get; init; }

    /// <summary>See <see cref="LoginStage"/>: CSG.</summary>
    public byte Stage { get; init; }

    /// <summary>The stage to go to; counts only with <see cref="Transits"/>: NSG.</summary>
    public byte NextStage { get; init; }

    /// <summary>The initiator's part of the session's identity.</summary>
    public Isid Isid { get; init; }

    /// <summary>The target's part; not 0 in the last answer.</summary>
    public ushort Tsih { get; init; }

    /// <summary>The login.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>Its numbers; not of a login that failed.</summary>
    public required TargetSequence Sequence { get; init; }

    /// <summary>See <see cref="LoginStatus"/>.</summary>
    public ushort Status { get; init; }

    /// <summary>Length of the text.</summary>
    public int DataBytes { get; init; }

    /// <summary>Reads the header of one. Of an answer that says success, flags that contradict each other are refused
    /// and another version than 0; of any other only the status counts.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LoginResponsePdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.LoginResponse, bytes, out error)) return false;
        ushort status = BigEndian.ReadU16(bytes, PduHeader.CountOffset);
        LoginFlags flags = default;
        if (LoginStatus.Class(status) == LoginStatus.Success)
        {
            if (!LoginFlags.TryRead(bytes[PduHeader.FlagsOffset], out flags, out error)) return false;
            error = bytes[LoginRequestPdu.VersionOffset + 1] != 0 ? ParseError.BadVersion : ParseError.None;
            if (error != ParseError.None) return false;
        }
        pdu = new LoginResponsePdu
        {
            Transits = flags.Transits,
            Continues = flags.Continues,
            Stage = flags.Stage,
            NextStage = flags.NextStage,
            Isid = Isid.Read(bytes[LoginRequestPdu.IsidOffset..]),
            Tsih = BigEndian.ReadU16(bytes, LoginRequestPdu.TsihOffset),
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            Sequence = TargetSequence.Read(bytes),
            Status = status,
            DataBytes = PduHeader.ReadDataBytes(bytes),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        var flags = new LoginFlags(Transits, Continues, Stage, NextStage);
        PduHeader.Start(target, IscsiOpcode.LoginResponse, false, flags.Value, DataBytes, InitiatorTag);
        Isid.Write(target[LoginRequestPdu.IsidOffset..]);
        BigEndian.WriteU16(target, LoginRequestPdu.TsihOffset, Tsih);
        Sequence.Write(target);
        BigEndian.WriteU16(target, PduHeader.CountOffset, Status);
        return PduHeader.Bytes;
    }
}
