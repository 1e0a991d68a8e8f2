namespace Bootlace.Net;

/// <summary>The machine's own clock. Real: the firmware's; test: a date that the test chooses. What is made of it is
/// <see cref="WallTime"/>'s business.</summary>
public interface IWallClock
{
    /// <summary>Reads it: seconds since 1970, UTC; null when the machine has none, or it says what no clock can.
    /// </summary>
    long? ReadUnixSeconds();
}
