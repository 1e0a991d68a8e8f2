using System;
using Bootlace.Net;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects time and rest: exact, never backwards, and never halting where the firmware would not wake
/// us.</summary>
[Collection(FirmwareCollection.Name)]
public sealed class FirmwareClockTests : IDisposable
{
    private FakeFirmware? _firmware;

    public void Dispose() => _firmware?.Dispose();

    [Theory]
    [InlineData(62_500_000ul)]
    [InlineData(1_000_000ul)]
    [InlineData(4_200_000_000ul)]
    public void TheCountersTicksBecomeMicrosecondsWithoutOverflow(ulong frequency)
    {
        FirmwareClock clock = New("EDK II", frequency);
        Instant start = clock.Now;
        ulong days = 60;
        _firmware!.Cpu.Counter += frequency * 86_400 * days + frequency / 2;
        Assert.Equal(86_400_000_000 * (long)days + 500_000, (clock.Now - start).Microseconds);
    }

    [Fact]
    public void AnUnknownFrequencyIsMeasuredAgainstTheFirmwaresStall()
    {
        FirmwareClock clock = New("EDK II", 0);
        Instant start = clock.Now;
        _firmware!.Cpu.Counter += 2_000_000;
        Assert.Equal(2_000_000, (clock.Now - start).Microseconds);
    }

    [Fact]
    public unsafe void ACounterThatStandsStillIsAFailure()
    {
        _firmware = new FakeFirmware { Cpu = { CounterFrequency = 0 } };
        _firmware.Boot->Stall = &NoStall;
        Assert.Throws<BootFailure>(() => new FirmwareClock(_firmware.NewServices(), _firmware.Cpu));
    }

    [Fact]
    public void Edk2SleepsOnlyWhenAllIsQuietAndTheDeadlineIsFar()
    {
        FirmwareClock clock = New("EDK II", 1_000_000);
        clock.Activity++;
        clock.Rest(clock.Now + Duration.FromSeconds(1));
        Assert.Equal(0, _firmware!.WaitsForEvents);   // a frame has just come: its answer may be near

        _firmware.Cpu.Counter += 30_000;
        clock.Rest(clock.Now + Duration.FromMilliseconds(1));
        Assert.Equal(0, _firmware.WaitsForEvents);

        Instant before = clock.Now;
        clock.Rest(clock.Now + Duration.FromSeconds(1));
        Assert.Equal(1, _firmware.WaitsForEvents);
        Assert.Equal(10_000, (clock.Now - before).Microseconds);

        clock.Rest(Instant.Never);
        Assert.Equal(2, _firmware.WaitsForEvents);
    }

    [Fact]
    public void NobodyWaitsForEventsInsideAFirmwareCallback()
    {
        FirmwareClock clock = New("EDK II", 1_000_000);
        _firmware!.Cpu.Counter += 100_000;
        _firmware.TplNow = Tpl.Callback;
        clock.Rest(clock.Now + Duration.FromSeconds(1));
        Assert.Equal(0, _firmware.WaitsForEvents);
        Assert.Equal(Tpl.Callback, _firmware.TplNow);
    }

    [Fact]
    public void UBootIsNeverHalted()
    {
        FirmwareClock clock = New("Das U-Boot", 62_500_000);
        _firmware!.Cpu.Counter += 62_500_000;
        ulong before = _firmware.Cpu.Counter;
        for (int i = 0; i < 10; i++) clock.Rest(Instant.Never);
        Assert.Equal(0, _firmware.WaitsForEvents);
        Assert.NotEqual(before, _firmware.Cpu.Counter);   // it stalls, and timers run in there
        Assert.Empty(_firmware.Events);
    }

    [Fact]
    public void ClosingLeavesNoEvent()
    {
        FirmwareClock clock = New("EDK II", 1_000_000);
        Assert.Single(_firmware!.Events);
        clock.Close();
        Assert.Empty(_firmware.Events);
    }

    [System.Runtime.InteropServices.UnmanagedCallersOnly]
    private static nuint NoStall(nuint microseconds) => 0;

    private FirmwareClock New(string vendor, ulong frequency)
    {
        _firmware = new FakeFirmware(vendor);
        _firmware.Cpu.CounterFrequency = frequency;
        return new FirmwareClock(_firmware.NewServices(), _firmware.Cpu);
    }
}
