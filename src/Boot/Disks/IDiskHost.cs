using System;
using Bootlace.San;

namespace Bootlace.Boot;

/// <summary>What the boot logic asks of the firmware about disks. Real: Uefi; test: a recording fake.</summary>
public interface IDiskHost
{
    /// <summary>After <see cref="IAttachedDisk.Detach"/> the firmware still refers to us, so that control may not go
    /// back to it: U-Boot keeps partition handles (facts/firmware.md 3).</summary>
    bool KeepsDetachedDisks { get; }

    /// <summary>The firmware has RAM disks of its own, which the operating system may find again: a <see
    /// cref="MemoryDisk"/> becomes one. Its memory should then outlive us.</summary>
    bool HasRamDisks { get; }

    /// <summary>There are ACPI tables to add to.</summary>
    bool HasAcpi { get; }

    /// <summary>Shows a disk to the firmware and lets its drivers bind. From now on it is read whenever a program
    /// likes. Throws a BootFailure when the firmware refuses.</summary>
    IAttachedDisk Attach(IBlockDevice disk, in DiskPlace place);

    /// <summary>Adds an ACPI table, its checksum included, until the result is disposed. Throws a BootFailure when
    /// there is no ACPI.</summary>
    IDisposable InstallTable(ReadOnlySpan<byte> table);

    /// <summary>Finds the program that was asked for on the file systems of the disks, starts it with disks and network
    /// left in place, and returns its exit status when it comes back. Throws a BootFailure when there is none.
    /// </summary>
    ulong StartFromDisk(in DiskStart start);
}
