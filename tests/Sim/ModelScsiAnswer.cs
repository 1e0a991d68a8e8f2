using System;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>What a command gets instead of being carried out.</summary>
public sealed record ModelScsiAnswer
{
    public byte Response { get; init; }
    public byte Status { get; init; }

    /// <summary>The data segment.</summary>
    public byte[] Segment { get; init; } = [];

    /// <summary>It never ends by itself.</summary>
    public bool IsSilence { get; init; }

    /// <summary>The whole PDU of the command is rejected for this reason.</summary>
    public byte? RejectReason { get; init; }

    public static ModelScsiAnswer Busy { get; } = new() { Status = ScsiStatus.Busy };
    public static ModelScsiAnswer TaskSetFull { get; } = new() { Status = ScsiStatus.TaskSetFull };
    public static ModelScsiAnswer Reserved { get; } = new() { Status = ScsiStatus.ReservationConflict };
    public static ModelScsiAnswer Silence { get; } = new() { IsSilence = true };

    public static ModelScsiAnswer Sense(byte key, ushort code, bool isDeferred = false)
    {
        byte[] segment = new byte[64];
        int bytes = new SenseData(key, code, isDeferred).EmitSegment(segment);
        return new() { Status = ScsiStatus.CheckCondition, Segment = segment.AsSpan(0, bytes).ToArray() };
    }
}
