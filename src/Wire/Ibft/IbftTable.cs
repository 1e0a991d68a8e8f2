using System;
using System.Collections.Generic;

namespace Bootlace.Wire;

/// <summary>The iSCSI Boot Firmware Table: an ACPI table from which an operating system learns the disks the machine
/// booted from (Microsoft, iSCSI Boot Firmware Table as Defined in ACPI 3.0b, version 1.02). Structures stand at
/// multiples of 16 bytes, 8 being asked for; their texts stand behind them all, each ended by a NUL.</summary>
public sealed class IbftTable
{
    /// <summary>As many cards as fit: Linux refuses a table whose control structure has more than two pairs.</summary>
    public const int NicsMax = 2;

    /// <summary>As many targets as fit.</summary>
    public const int TargetsMax = 2;

    private const int HeaderBytes = 48, ControlBytes = 18, InitiatorBytes = 74, InitiatorNameOffset = 70;
    private const int LengthOffset = 4, RevisionOffset = 8, ChecksumOffset = 9, OemIdOffset = 10, OemTableIdOffset = 16;
    private const int InitiatorPlace = 8, NicPlace = 10, TargetPlace = 12, PairBytes = 4;
    private const byte ControlId = 1, InitiatorId = 2, Revision = 1;

    /// <summary>The initiator's name.</summary>
    public required string InitiatorName { get; init; }

    /// <summary>The cards, of which the first <see cref="NicsMax"/> are described.</summary>
    public required IReadOnlyList<IbftNic> Nics { get; init; }

    /// <summary>The targets, of which the first <see cref="TargetsMax"/> are described.</summary>
    public required IReadOnlyList<IbftTarget> Targets { get; init; }

    /// <summary>Gives the table's bytes, or false if its texts take more room than its offsets of 16 bits
    /// reach.</summary>
    public bool TryToBytes(out byte[] table)
    {
        int nicCount = Math.Min(Nics.Count, NicsMax), targetCount = Math.Min(Targets.Count, TargetsMax);
        var writer = new IbftWriter(
            HeaderBytes + IbftWriter.Aligned(ControlBytes) + IbftWriter.Aligned(InitiatorBytes)
            + nicCount * IbftWriter.Aligned(IbftNic.Bytes) + targetCount * IbftWriter.Aligned(IbftTarget.Bytes));
        writer.Bytes(0, "iBFT"u8);
        writer.Byte(RevisionOffset, Revision);
        writer.Bytes(OemIdOffset, "BTLACE"u8);          // who made the table: ours, registered nowhere
        writer.Bytes(OemTableIdOffset, "Bootlace"u8);
        writer.Skip(HeaderBytes);

        int control = writer.Start(ControlId, ControlBytes, 0, flags: 0);
        int initiator = writer.Start(InitiatorId, InitiatorBytes, 0, IbftWriter.Flags(isSelected: true));
        writer.Number(control + InitiatorPlace, initiator);
        bool fits = writer.TryText(initiator + InitiatorNameOffset, InitiatorName);
        for (int i = 0; i < nicCount && fits; i++)
        {
            writer.Number(control + NicPlace + PairBytes * i, writer.Next);
            fits = Nics[i].TryWrite(writer, i);
        }
        for (int i = 0; i < targetCount && fits; i++)
        {
            Check.That(Targets[i].NicIndex >= 0 && Targets[i].NicIndex < nicCount);
            writer.Number(control + TargetPlace + PairBytes * i, writer.Next);
            fits = Targets[i].TryWrite(writer, i);
        }
        table = fits ? writer.End(LengthOffset, ChecksumOffset) : [];
        return fits;
    }
}
