namespace Bootlace.Wire;

/// <summary>What kind of failure sense data tells of (SPC-4 section 4.5.6).</summary>
public static class SenseKey
{
    /// <summary>Nothing failed.</summary>
    public const byte NoSense = 0x0;
    /// <summary>It went well after the disk had repaired something.</summary>
    public const byte RecoveredError = 0x1;
    /// <summary>The disk is not ready yet, or has no medium.</summary>
    public const byte NotReady = 0x2;
    /// <summary>The medium is bad.</summary>
    public const byte MediumError = 0x3;
    /// <summary>The disk is bad.</summary>
    public const byte HardwareError = 0x4;
    /// <summary>The disk does not know the command or the field.</summary>
    public const byte IllegalRequest = 0x5;
    /// <summary>Something has changed, as by a reset: try again.</summary>
    public const byte UnitAttention = 0x6;
    /// <summary>Protected, as against writing.</summary>
    public const byte DataProtect = 0x7;
    /// <summary>Nothing has been written there.</summary>
    public const byte BlankCheck = 0x8;
    /// <summary>A vendor's own.</summary>
    public const byte VendorSpecific = 0x9;
    /// <summary>A copy ended early.</summary>
    public const byte CopyAborted = 0xa;
    /// <summary>The disk ended the command: try again.</summary>
    public const byte AbortedCommand = 0xb;
    /// <summary>There is no more room.</summary>
    public const byte VolumeOverflow = 0xd;
    /// <summary>The data is not as it should be.</summary>
    public const byte Miscompare = 0xe;

    /// <summary>Its name, for sentences.</summary>
    public static string NameOf(byte key) => key switch
    {
        NoSense => "no sense",
        RecoveredError => "recovered error",
        NotReady => "not ready",
        MediumError => "medium error",
        HardwareError => "hardware error",
        IllegalRequest => "illegal request",
        UnitAttention => "unit attention",
        DataProtect => "data protect",
        BlankCheck => "blank check",
        VendorSpecific => "vendor specific",
        CopyAborted => "copy aborted",
        AbortedCommand => "aborted command",
        VolumeOverflow => "volume overflow",
        Miscompare => "miscompare",
        _ => $"sense key {key}",
    };
}
