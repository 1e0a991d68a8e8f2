using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>The ways the firmware can fail us: area 01.</summary>
public static class FirmwareFailure
{
    /// <summary>A service returned an error.</summary>
    public static readonly FailureKind ServiceFailed = new(
        0x1d010001, "the firmware refused a service", "see the status; a newer firmware may help");

    /// <summary>No block of free memory is large enough.</summary>
    public static readonly FailureKind NoMemory = new(
        0x31010002, "the firmware has no block of memory that large",
        "give the machine more memory or boot smaller files");

    /// <summary>LoadImage does not accept the image.</summary>
    public static readonly FailureKind ImageRefused = new(
        0x2e010003, "the firmware cannot load the image", "check that the file is an EFI program for this machine");

    /// <summary>LoadImage found the image unsigned, or signed by nobody it trusts.</summary>
    public static readonly FailureKind ImageUntrusted = new(
        0x02010004, "the firmware does not trust the image",
        "Secure Boot is on: sign the image, enrol its key, or name its distribution's shim by 'shim'");

    /// <summary>There is no SimpleNetwork handle even after all drivers are connected.</summary>
    public static readonly FailureKind NoNetworkCard = new(
        0x2c010005, "the firmware shows no network card",
        "check the firmware's network stack setting and the card's driver");

    /// <summary>The network card could not be opened or started.</summary>
    public static readonly FailureKind CardFailed = new(
        0x1d010006, "the network card cannot be started", "see the status; try a power cycle");

    /// <summary>Reading a volume failed.</summary>
    public static readonly FailureKind VolumeFailed = new(
        0x1d010007, "the volume cannot be read", "check the disk or the USB stick");

    /// <summary>The firmware has no set-up screen to reboot into.</summary>
    public static readonly FailureKind NoSetup = new(
        0x3c010008, "the firmware cannot reboot into its setup", "enter the setup by its key at power on");

    /// <summary>We are not running on a UEFI firmware we understand.</summary>
    public static readonly FailureKind BadTables = new(
        0x1c010009, "the firmware's tables are damaged", "update the firmware");

    /// <summary>The packed loader in our own image is damaged.</summary>
    public static readonly FailureKind NotUnpacked = new(
        0x2e01000a, "the loader cannot be unpacked", "its file is damaged: build or copy it again");

    /// <summary>LoadImage found the shim unsigned, or signed by nobody it trusts.</summary>
    public static readonly FailureKind ShimUntrusted = new(
        0x0201000e, "the firmware does not trust the shim",
        "take the shim that your distribution ships signed: Debian's is in the package shim-signed");

    /// <summary>There is no screen with pixels.</summary>
    public static readonly FailureKind NoScreen = new(
        0x3c01000b, "the firmware has no graphics screen", "write 'console … ||' where text alone will do");

    /// <summary>The screen is too small for what was asked.</summary>
    public static readonly FailureKind NoSuchGraphicsMode = new(
        0x3c01000c, "the screen has no such mode", "ask for fewer pixels with --x and --y, and for smaller margins");

    /// <summary>Text cannot be drawn on a picture.</summary>
    public static readonly FailureKind NoFont = new(
        0x3c01000d, "the firmware shows its font to nobody", "write 'console … ||' where text alone will do");
}
