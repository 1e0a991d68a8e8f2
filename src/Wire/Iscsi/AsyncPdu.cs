using System;

namespace Bootlace.Wire;

/// <summary>An asynchronous message of the target's (RFC 7143 section 11.9).</summary>
public readonly record struct AsyncPdu
{
    /// <summary>A SCSI event, whose sense data is the data segment.</summary>
    public const byte ScsiEvent = 0;
    /// <summary>We shall log out, within <see cref="Parameter3"/> seconds.</summary>
    public const byte LogoutWanted = 1;
    /// <summary>The target drops the connection <see cref="Parameter1"/>; wait <see cref="Parameter2"/> seconds before
    /// coming again, at most <see cref="Parameter3"/> more.</summary>
    public const byte ConnectionDropped = 2;
    /// <summary>The target drops all connections of the session; waits as for one connection.</summary>
    public const byte SessionDropped = 3;
    /// <summary>The target wants text negotiation, within <see cref="Parameter3"/> seconds.</summary>
    public const byte NegotiationWanted = 4;
    /// <summary>All commands of the logical unit have ended.</summary>
    public const byte TasksEnded = 5;

    private const int Parameter1Offset = 38, Parameter2Offset = 40, Parameter3Offset = 42;

    /// <summary>What happened.</summary>
    public required byte Event { get; init; }

    /// <summary>A vendor's own number.</summary>
    public byte VendorCode { get; init; }

    /// <summary>The logical unit.</summary>
    public ulong Lun { get; init; }

    /// <summary>Its numbers.</summary>
    public required TargetSequence Sequence { get; init; }

    /// <summary>Depends on the event.</summary>
    public ushort Parameter1 { get; init; }

    /// <summary>Depends on the event.</summary>
    public ushort Parameter2 { get; init; }

    /// <summary>Depends on the event.</summary>
    public ushort Parameter3 { get; init; }

    /// <summary>Length of the data.</summary>
    public int DataBytes { get; init; }

    /// <summary>Reads the header of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out AsyncPdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.Async, bytes, out error)) return false;
        pdu = new AsyncPdu
        {
            Event = bytes[PduHeader.CountOffset],
            VendorCode = bytes[PduHeader.CountOffset + 1],
            Lun = BigEndian.ReadU64(bytes, PduHeader.LunOffset),
            Sequence = TargetSequence.Read(bytes),
            Parameter1 = BigEndian.ReadU16(bytes, Parameter1Offset),
            Parameter2 = BigEndian.ReadU16(bytes, Parameter2Offset),
            Parameter3 = BigEndian.ReadU16(bytes, Parameter3Offset),
            DataBytes = PduHeader.ReadDataBytes(bytes),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        PduHeader.Start(target, IscsiOpcode.Async, false, PduHeader.Final, DataBytes, PduHeader.NoTag);
        BigEndian.WriteU64(target, PduHeader.LunOffset, Lun);
        Sequence.Write(target);
        target[PduHeader.CountOffset] = Event;
        target[PduHeader.CountOffset + 1] = VendorCode;
        BigEndian.WriteU16(target, Parameter1Offset, Parameter1);
        BigEndian.WriteU16(target, Parameter2Offset, Parameter2);
        BigEndian.WriteU16(target, Parameter3Offset, Parameter3);
        return PduHeader.Bytes;
    }
}
