using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>Disks among the firmware's, and starting from them.</summary>
public static partial class SanFailure
{
    /// <summary>No volume holds the program that was asked for.</summary>
    public static readonly FailureKind NoProgram = new(0x2d0b0070,
        "No disk holds the program",
        "check the disk's EFI system partition, or name the file with --filename");

    /// <summary>There is no disk of that number.</summary>
    public static readonly FailureKind NoSuchDrive = new(0x2c0b0071,
        "There is no such drive",
        "hook it first; local disks are numbered from 0x80 on beside the hooked ones");

    /// <summary>The firmware does not take a disk of ours.</summary>
    public static readonly FailureKind DiskRefused = new(0x1d0b0072,
        "The firmware refused the disk",
        "see the status; a newer firmware may help");

    /// <summary>The firmware has no ACPI tables to add to.</summary>
    public static readonly FailureKind NoAcpi = new(0x3c0b0073,
        "The firmware has no ACPI tables to describe the disk in",
        "this is normal on device tree systems: hook it with --no-describe and name it on the kernel's command line");

    /// <summary>A file that is to be a disk is shorter than a block.</summary>
    public static readonly FailureKind NoBlocks = new(0x1c0b0075,
        "The file is too short to be a disk",
        "check what the URI delivers");

    /// <summary>A request did not end in its time.</summary>
    public static readonly FailureKind DiskSilent = new(0x4c0b0074,
        "The disk does not answer",
        "check the network and the target");
}
