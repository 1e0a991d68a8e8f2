namespace Bootlace.Net;

/// <summary>Where the date comes from.</summary>
public enum WallTimeSource
{
    /// <summary>The machine has no clock, or one that stands before the day the loader was built: that day, and the
    /// time since we started. It may be much later.</summary>
    BuildDate,
    /// <summary>The firmware's clock, which nobody vouches for and which may go by local time.</summary>
    Firmware,
    /// <summary>Said by the script or the user.</summary>
    Told,
    /// <summary>A time server.</summary>
    Ntp,
}
