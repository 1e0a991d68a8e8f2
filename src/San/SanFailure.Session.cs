using Bootlace.Wire;

namespace Bootlace.San;

// The session and the SCSI commands in it.
public static partial class SanFailure
{
    /// <summary>A command is not answered, and not ended on our request either.</summary>
    public static readonly FailureKind TargetSilent = new(0x4c0b0030,
        "The iSCSI target does not answer",
        "check that the target's storage is not stuck, and see its log");

    /// <summary>The window for commands stays closed.</summary>
    public static readonly FailureKind WindowClosed = new(0x4c0b0031,
        "The iSCSI target takes no commands",
        "check that the target is not overloaded, and see its log");

    /// <summary>A Reject PDU.</summary>
    public static readonly FailureKind Rejected = new(0x430b0032,
        "The iSCSI target rejected a request",
        "see the target's log");

    /// <summary>The target wanted the session's end.</summary>
    public static readonly FailureKind SessionEnded = new(0x0f0b0033,
        "The iSCSI target ended the session",
        "check whether the target is being shut down or another initiator uses our name");

    /// <summary>There is no such logical unit.</summary>
    public static readonly FailureKind LunMissing = new(0x2c0b0034,
        "The iSCSI target has no such LUN",
        "check the LUN in the root path, and which LUNs the target shows to this initiator");

    /// <summary>The logical unit is something else.</summary>
    public static readonly FailureKind NotADisk = new(0x2c0b0035,
        "The LUN is no disk",
        "check the LUN in the root path; with some targets LUN 0 is a controller and disks start at 1");

    /// <summary>Size or block size make no sense or are not supported.</summary>
    public static readonly FailureKind BadCapacity = new(0x3c0b0036,
        "The disk has a size that cannot be used",
        "blocks must be a power of two from 512 to 65536 bytes; see the target's configuration");

    /// <summary>BUSY or TASK SET FULL for too long.</summary>
    public static readonly FailureKind DiskBusy = new(0x0a0b0037,
        "The disk is busy and stays so",
        "check that the target is not overloaded, and see its log");

    /// <summary>The disk does not become ready.</summary>
    public static readonly FailureKind DiskNotReady = new(0x0a0b0038,
        "The disk does not become ready",
        "see the target's log");

    /// <summary>Another initiator holds it.</summary>
    public static readonly FailureKind DiskReserved = new(0x0a0b0039,
        "Another initiator has reserved the disk",
        "find out which system uses the disk, and have it release its reservation");

    /// <summary>A bad block.</summary>
    public static readonly FailureKind MediumError = new(0x1d0b003a,
        "The disk has a bad block",
        "check the target's storage");

    /// <summary>The disk itself is broken.</summary>
    public static readonly FailureKind HardwareError = new(0x1d0b003b,
        "The disk reports a hardware error",
        "check the target's storage");

    /// <summary>The disk may not be written to.</summary>
    public static readonly FailureKind WriteProtected = new(0x470b003c,
        "The disk is write-protected",
        "check whether the target shows it read-only");

    /// <summary>A block behind the disk's end.</summary>
    public static readonly FailureKind OutOfRange = new(0x460b003d,
        "The disk has no such block",
        "check whether the disk was made smaller while it was in use");

    /// <summary>A command or field that the disk does not know.</summary>
    public static readonly FailureKind CommandRefused = new(0x3c0b003e,
        "The disk refused a command",
        "see the target's log");

    /// <summary>A drive without a medium.</summary>
    public static readonly FailureKind NoMedium = new(0x2c0b003f,
        "There is no medium in the drive",
        "check the target's configuration");

    /// <summary>Anything else that goes wrong with a command.</summary>
    public static readonly FailureKind CommandFailed = new(0x1d0b0040,
        "The disk failed to carry out a command",
        "see the target's log");

    /// <summary>A command that went well moved fewer bytes than it had to.</summary>
    public static readonly FailureKind ShortTransfer = new(0x1d0b0041,
        "The disk gave or took fewer bytes than it was asked for",
        "see the target's log");

    /// <summary>After the session was reinstated another disk was there.</summary>
    public static readonly FailureKind DiskChanged = new(0x1d0b0042,
        "The disk has another size than before",
        "boot again: it was replaced or resized while it was in use");

    /// <summary>It has been closed.</summary>
    public static readonly FailureKind DiskClosed = new(0x380b0043,
        "The disk has been closed",
        "hook it again");

    /// <summary>UNIT ATTENTION without end.</summary>
    public static readonly FailureKind KeepsChanging = new(0x1d0b0044,
        "The disk reports changes without end",
        "see the target's log");

    /// <summary>Thinly provisioned storage is full.</summary>
    public static readonly FailureKind NoSpace = new(0x340b0045,
        "The disk's storage is full",
        "make room on the target");
}
