using System;

namespace Bootlace.Wire;

/// <summary>A task management request (RFC 7143 section 11.5).</summary>
public readonly record struct TaskRequestPdu
{
    /// <summary>Ends the one command that <see cref="ReferencedTag"/> names.</summary>
    public const byte AbortTask = 1;
    /// <summary>Ends our commands of the logical unit.</summary>
    public const byte AbortTaskSet = 2;
    /// <summary>Resets the logical unit.</summary>
    public const byte LogicalUnitReset = 5;
    /// <summary>Resets the target and keeps the sessions.</summary>
    public const byte TargetWarmReset = 6;
    /// <summary>Resets the target and ends all sessions.</summary>
    public const byte TargetColdReset = 7;

    private const byte FunctionMask = 0x7f;
    private const int ReferencedCmdSnOffset = 32;

    /// <summary>Out of the order of commands.</summary>
    public bool IsImmediate { get; init; }

    /// <summary>What is wanted.</summary>
    public required byte Function { get; init; }

    /// <summary>The logical unit.</summary>
    public ulong Lun { get; init; }

    /// <summary>The request's tag.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>The command it is about; <see cref="PduHeader.NoTag"/> if it is about none.</summary>
    public required uint ReferencedTag { get; init; }

    /// <summary>Its numbers.</summary>
    public required InitiatorSequence Sequence { get; init; }

    /// <summary>The number of the command it is about.</summary>
    public SeqNumber ReferencedCmdSn { get; init; }

    /// <summary>Reads the header of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TaskRequestPdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.TaskRequest, bytes, out error)) return false;
        pdu = new TaskRequestPdu
        {
            IsImmediate = (bytes[0] & PduHeader.Immediate) != 0,
            Function = (byte)(bytes[PduHeader.FlagsOffset] & FunctionMask),
            Lun = BigEndian.ReadU64(bytes, PduHeader.LunOffset),
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            ReferencedTag = BigEndian.ReadU32(bytes, PduHeader.TargetTagOffset),
            Sequence = InitiatorSequence.Read(bytes),
            ReferencedCmdSn = new SeqNumber(BigEndian.ReadU32(bytes, ReferencedCmdSnOffset)),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        byte flags = (byte)(PduHeader.Final | Function);
        PduHeader.Start(target, IscsiOpcode.TaskRequest, IsImmediate, flags, 0, InitiatorTag);
        BigEndian.WriteU64(target, PduHeader.LunOffset, Lun);
        BigEndian.WriteU32(target, PduHeader.TargetTagOffset, ReferencedTag);
        Sequence.Write(target);
        BigEndian.WriteU32(target, ReferencedCmdSnOffset, ReferencedCmdSn.Value);
        return PduHeader.Bytes;
    }
}
