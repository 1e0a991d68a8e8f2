namespace Bootlace.Wire;

/// <summary>The first byte of a CDB (SPC-4, SBC-3).</summary>
public static class ScsiOpcode
{
    /// <summary>TEST UNIT READY.</summary>
    public const byte TestUnitReady = 0x00;
    /// <summary>INQUIRY.</summary>
    public const byte Inquiry = 0x12;
    /// <summary>MODE SENSE(6).</summary>
    public const byte ModeSense6 = 0x1a;
    /// <summary>READ CAPACITY(10).</summary>
    public const byte ReadCapacity10 = 0x25;
    /// <summary>READ(10).</summary>
    public const byte Read10 = 0x28;
    /// <summary>WRITE(10).</summary>
    public const byte Write10 = 0x2a;
    /// <summary>SYNCHRONIZE CACHE(10).</summary>
    public const byte SynchronizeCache10 = 0x35;
    /// <summary>MODE SENSE(10).</summary>
    public const byte ModeSense10 = 0x5a;
    /// <summary>READ(16).</summary>
    public const byte Read16 = 0x88;
    /// <summary>WRITE(16).</summary>
    public const byte Write16 = 0x8a;
    /// <summary>SYNCHRONIZE CACHE(16).</summary>
    public const byte SynchronizeCache16 = 0x91;
    /// <summary>SERVICE ACTION IN(16), of which READ CAPACITY(16) is one.</summary>
    public const byte ServiceActionIn16 = 0x9e;
    /// <summary>REPORT LUNS.</summary>
    public const byte ReportLuns = 0xa0;
}
