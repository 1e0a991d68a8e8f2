using System;
using Bootlace.Net;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>Time from the CPU's counter, rest from the firmware. EDK2 halts the core until its 10 ms tick, which spares
/// the host; U-Boot would sleep for ever, so there rest is a short stall, in which its timer callbacks run
/// (facts/firmware.md 6).</summary>
internal sealed unsafe class FirmwareClock : IClock
{
    private const long CalibrationMicroseconds = 20_000;
    private const int CalibrationRounds = 3;
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>Nearer deadlines are polled for: the tick would come too late.</summary>
    private const long HaltWorthwhileMicroseconds = 2_000;

    /// <summary>While frames arrive nobody sleeps: a tick of 10 ms per round trip would ruin every transfer.</summary>
    private const long QuietMicroseconds = 25_000;

    private const long StallMicroseconds = 20;
    private const ulong TickHundredNanoseconds = 100_000;

    private readonly Services _services;
    private readonly ICpu _cpu;
    private readonly ulong _frequency;
    private readonly ulong _start;
    private nint _tick;
    private ulong _activitySeen;
    private Instant _quietFrom;

    public FirmwareClock(Services services, ICpu cpu)
    {
        _services = services;
        _cpu = cpu;
        _frequency = cpu.CounterFrequency != 0 ? cpu.CounterFrequency : Measure();
        _start = cpu.ReadCounter();
        if (!services.IsUBoot) _tick = services.CreateTimer();
    }

    /// <summary>Counts frames and keys; whoever takes one bumps it, so that rest knows when nothing is going
    /// on.</summary>
    public ulong Activity { get; set; }

    public Instant Now
    {
        get
        {
            ulong ticks = _cpu.ReadCounter() - _start;
            ulong seconds = ticks / _frequency;
            ulong rest = ticks % _frequency;
            return new Instant((long)(seconds * MicrosecondsPerSecond + rest * MicrosecondsPerSecond / _frequency));
        }
    }

    public void Rest(Instant deadline)
    {
        Instant now = Now;
        if (Activity != _activitySeen)
        {
            _activitySeen = Activity;
            _quietFrom = now;
        }
        if (deadline <= now) return;
        if (_tick == 0)
        {
            _services.Stall(Math.Min(StallMicroseconds, (deadline - now).Microseconds));
            return;
        }
        bool isQuiet = (now - _quietFrom).Microseconds >= QuietMicroseconds;
        bool isFar = (deadline - now).Microseconds >= HaltWorthwhileMicroseconds;
        if (isQuiet && isFar && _services.CurrentTpl == Tpl.Application) SleepUntilTick();
    }

    /// <summary>Gives the event back: a timer left behind would call into freed memory.</summary>
    public void Close()
    {
        if (_tick != 0) _services.CloseEvent(_tick);
        _tick = 0;
    }

    private void SleepUntilTick()
    {
        nint tick = _tick;
        nuint index = 0;
        if (((Status)_services.Boot->SetTimer(tick, TimerDelay.Relative, TickHundredNanoseconds)).IsError) return;
        _services.Boot->WaitForEvent(1, &tick, &index);
    }

    /// <summary>Ticks per second by the firmware's own stall. A stall never ends early, so the shortest round is the
    /// truest.
    /// </summary>
    private ulong Measure()
    {
        ulong best = ulong.MaxValue;
        for (int round = 0; round < CalibrationRounds; round++)
        {
            ulong before = _cpu.ReadCounter();
            _services.Stall(CalibrationMicroseconds);
            best = Math.Min(best, _cpu.ReadCounter() - before);
        }
        ulong frequency = best * (ulong)(MicrosecondsPerSecond / CalibrationMicroseconds);
        if (frequency == 0) throw new BootFailure(FirmwareFailure.BadTables, "the CPU's counter stands still");
        return frequency;
    }
}
