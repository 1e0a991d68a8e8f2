using Bootlace.Net;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>The firmware's date. Boards without a battery start at some date of their own, or have none.</summary>
internal sealed unsafe class WallClock(Services services) : IWallClock
{
    private const int MinutesADayMost = 1440, SecondsAMinute = 60;
    private const int YearLeast = 1900, YearMost = 9999;   // UEFI 2.10, 8.3

    /// <inheritdoc/>
    public long? ReadUnixSeconds()
    {
        Time time = default;
        Status status = services.Table->RuntimeServices->GetTime(&time, null);
        bool isDate = time.Year is >= YearLeast and <= YearMost && time.Month is >= 1 and <= 12
            && time.Day is >= 1 and <= 31 && time.Hour < 24 && time.Minute < 60 && time.Second < 60;
        if (status.IsError || !isDate) return null;
        // Local time is UTC less the offset; an offset nobody stated is none.
        bool hasZone = time.TimeZone is > -MinutesADayMost and < MinutesADayMost;
        CalendarDate local = new(time.Year, time.Month, time.Day, time.Hour, time.Minute, time.Second);
        return local.ToUnixTime() + (hasZone ? time.TimeZone * SecondsAMinute : 0);
    }
}
