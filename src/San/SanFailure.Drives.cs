using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>Drives and booting from them, the side above the disks: 0080 to 008f.</summary>
public static partial class SanFailure
{
    /// <summary>A second disk under one number.</summary>
    public static readonly FailureKind DriveInUse = new(0x030b0080,
        "The drive number is in use",
        "'sanunhook --drive N' frees it, or choose another with --drive");

    /// <summary>A root path that names no disk we can open.</summary>
    public static readonly FailureKind UnknownDiskScheme = new(0x3c0b0081,
        "Root paths of this kind are not supported",
        "disks are iscsi:..., http://..., and any file in memory by 'sanboot --ram URI'");

    /// <summary>Several paths that cannot lead to one disk.</summary>
    public static readonly FailureKind OneDiskOnly = new(0x3c0b0082,
        "Only iSCSI disks can have several root paths",
        "hook each disk by itself, with --drive 0x80 and --drive 0x81");

    /// <summary>A program that ended with an error.</summary>
    public static readonly FailureKind DiskProgramCameBack = new(0x1d0b0083,
        "The program on the disk ended with an error",
        "see what it printed above");

    /// <summary>Names and secrets longer than the iBFT's offsets reach.</summary>
    public static readonly FailureKind CannotDescribe = new(0x230b0084,
        "Names and secrets do not fit into the iBFT",
        "hook the disk with --no-describe, and name it on the kernel's command line");
}
