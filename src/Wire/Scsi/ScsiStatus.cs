namespace Bootlace.Wire;

/// <summary>How a SCSI command ended (SAM-5 section 5.3).</summary>
public static class ScsiStatus
{
    /// <summary>Well.</summary>
    public const byte Good = 0x00;
    /// <summary>Sense data says how.</summary>
    public const byte CheckCondition = 0x02;
    /// <summary>What was looked for is there.</summary>
    public const byte ConditionMet = 0x04;
    /// <summary>Not now: try again.</summary>
    public const byte Busy = 0x08;
    /// <summary>Another initiator has reserved the disk.</summary>
    public const byte ReservationConflict = 0x18;
    /// <summary>Too many commands: try again when one has ended.</summary>
    public const byte TaskSetFull = 0x28;
    /// <summary>The disk waits for an error to be acknowledged.</summary>
    public const byte AcaActive = 0x30;
    /// <summary>Another initiator ended the command.</summary>
    public const byte TaskAborted = 0x40;
}
