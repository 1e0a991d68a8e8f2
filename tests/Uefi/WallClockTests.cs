using System;
using System.Runtime.InteropServices;
using Bootlace.Net;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects the reading of the firmware's clock: what is no date is none.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class WallClockTests : IDisposable
{
    private static Time s_time;
    private static Status s_status;

    private readonly FakeFirmware _fake = new();

    public WallClockTests()
    {
        s_status = Status.Success;
        s_time = new Time
        {
            Year = 2026, Month = 11, Day = 21, Hour = 22, Minute = 30, Second = 5, TimeZone = Time.UnspecifiedTimeZone,
        };
        _fake.Runtime->GetTime = &GetTime;
    }

    public void Dispose() => _fake.Dispose();

    [Theory]
    [InlineData(Time.UnspecifiedTimeZone, 0)]
    [InlineData(0, 0)]
    [InlineData(-60, -3600)]     // an hour east of Greenwich
    [InlineData(300, 18_000)]
    [InlineData(-1440, 0)]       // no such zone
    [InlineData(short.MinValue, 0)]
    public void TheDateIsUtcWhateverZoneTheClockIsSetTo(short zone, long secondsLater)
    {
        s_time.TimeZone = zone;
        Assert.Equal(1_795_300_205 + secondsLater, Read());
    }

    [Fact]
    public void X12_AClockThatFailsIsNone()
    {
        s_status = Status.DeviceError;
        Assert.Null(Read());
        s_status = Status.Unsupported;
        Assert.Null(Read());
    }

    [Theory]
    [InlineData(1899, 1, 1, 0, 0, 0)]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(10_000, 1, 1, 0, 0, 0)]
    [InlineData(2026, 13, 1, 0, 0, 0)]
    [InlineData(2026, 1, 0, 0, 0, 0)]
    [InlineData(2026, 1, 32, 0, 0, 0)]
    [InlineData(2026, 1, 1, 24, 0, 0)]
    [InlineData(2026, 1, 1, 0, 60, 0)]
    [InlineData(2026, 1, 1, 0, 0, 255)]
    public void X12_WhatIsNoDateIsNone(int year, int month, int day, int hour, int minute, int second)
    {
        s_time = new Time
        {
            Year = (ushort)year, Month = (byte)month, Day = (byte)day, Hour = (byte)hour, Minute = (byte)minute,
            Second = (byte)second,
        };
        Assert.Null(Read());
    }

    private long? Read() => ((IWallClock)_fake.Enter().WallClock).ReadUnixSeconds();

    [UnmanagedCallersOnly]
    private static nuint GetTime(Time* time, void* capabilities)
    {
        *time = s_time;
        return s_status.Value;
    }
}
