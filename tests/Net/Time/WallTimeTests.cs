using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects the date: never before the loader was built, never a wrong clock believed in silence.</summary>
public class WallTimeTests
{
    private static readonly long BuildDate = new CalendarDate(2026, 11, 21, 0, 0, 0).ToUnixTime();
    private const long Day = 86400;

    private readonly ManualClock _clock = new();
    private readonly List<string> _notes = [];

    [Fact]
    public void TheMachinesClockIsReadOnceAndGoesOnByItself()
    {
        var machine = new ManualWallClock(BuildDate + Day);
        WallTime time = Make(machine);
        Assert.Equal(0, machine.Reads);
        Assert.Equal((BuildDate + Day, WallTimeSource.Firmware), (time.UnixSeconds, time.Source));
        _clock.Advance(Duration.FromSeconds(100));
        Assert.Equal(BuildDate + Day + 100, time.UnixSeconds);
        Assert.Equal(1, machine.Reads);
        Assert.Equal(
            (12 * 3600 + 1800, 12 * 3600 + 1800), (time.UnixSeconds - time.Earliest, time.Latest - time.UnixSeconds));
        Assert.Empty(_notes);
        Assert.Equal("2026-11-22 00:01:40 UTC by the machine's clock", time.Describe());
    }

    [Fact]
    public void AMachineWithoutAClockLivesOnTheDayTheLoaderWasBuiltAndSaysSoOnce()
    {
        WallTime time = Make(new ManualWallClock(null));
        _clock.Advance(Duration.FromSeconds(50));
        Assert.Equal((BuildDate, long.MaxValue, WallTimeSource.BuildDate), (time.Earliest, time.Latest, time.Source));
        _clock.Advance(Duration.FromSeconds(50));
        Assert.Equal(BuildDate + 50, time.UnixSeconds);
        string note = Assert.Single(_notes);
        Assert.Contains("the machine has no clock", note);
        Assert.Contains("2026-11-21", note);
        Assert.Contains("'ntp SERVER'", note);
    }

    [Fact]
    public void L14_AClockThatStandsBeforeThatDayIsNotBelievedAndItsDateIsShown()
    {
        WallTime time = Make(new ManualWallClock(0));
        Assert.Equal((BuildDate, WallTimeSource.BuildDate), (time.UnixSeconds, time.Source));
        Assert.Contains("the machine's clock says 1970-01-01", Assert.Single(_notes));
        Assert.Contains("1970-01-01", time.Describe());
    }

    [Fact]
    public void AClockJustAfterThatDayDoesNotMakeItEarlier()
    {
        WallTime time = Make(new ManualWallClock(BuildDate + 60));
        Assert.Equal((BuildDate, WallTimeSource.Firmware), (time.Earliest, time.Source));
    }

    [Fact]
    public void WhatATimeServerSaysIsBelievedToTheMinute()
    {
        WallTime time = Make(new ManualWallClock(null));
        time.Set(BuildDate + 9 * Day, WallTimeSource.Ntp);
        Assert.Equal((60, 60), (time.UnixSeconds - time.Earliest, time.Latest - time.UnixSeconds));
        Assert.Equal("2026-11-30 00:00:00 UTC by NTP", time.Describe());
        Assert.Empty(_notes);   // nobody needed the machine's
        time.Set(BuildDate + Day, WallTimeSource.Told);
        Assert.Equal("2026-11-22 00:00:00 UTC by ${unixtime}", time.Describe());
    }

    [Fact]
    public void NobodyCanSetItBeforeThatDay()
    {
        WallTime time = Make(new ManualWallClock(null));
        time.Set(5, WallTimeSource.Told);
        Assert.Equal(BuildDate, time.Earliest);
    }

    private WallTime Make(ManualWallClock machine) => new(_clock, machine, BuildDate) { Noted = _notes.Add };
}
