using System;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the calendar that certificates are checked by: .NET's, for moments over eight hundred
/// years.</summary>
public class CalendarDateTests
{
    [Fact]
    public void EveryMomentIsDotNetsThereAndBack()
    {
        long step = 86_400 * 3 + 12_345;
        for (long seconds = -12_000_000_000; seconds < 20_000_000_000; seconds += step)
        {
            DateTime expected = DateTime.UnixEpoch.AddSeconds(seconds);
            CalendarDate date = CalendarDate.OfUnixTime(seconds);
            Assert.Equal(
                (expected.Year, expected.Month, expected.Day, expected.Hour, expected.Minute, expected.Second),
                (date.Year, date.Month, date.Day, date.Hour, date.Minute, date.Second));
            Assert.Equal(seconds, date.ToUnixTime());
        }
    }

    [Fact]
    public void ItReadsAsPeopleWriteIt() =>
        Assert.Equal("2026-01-02 03:04:05 UTC", new CalendarDate(2026, 1, 2, 3, 4, 5).ToString());
}
