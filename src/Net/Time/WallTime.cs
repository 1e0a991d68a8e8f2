using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>The date, as far as it is known: the machine's clock unless it is plainly wrong, or what was learned since.
/// It goes on by the running time, also while a program that reads our disks keeps the <see cref="Pump"/> from
/// running.</summary>
/// <param name="clock">Running time.</param>
/// <param name="machine">The machine's clock.</param>
/// <param name="buildDate">The day the loader was built, in seconds since 1970: it cannot be earlier.</param>
public sealed class WallTime(IClock clock, IWallClock machine, long buildDate)
{
    /// <summary>How wrong a machine's clock may be: those of PCs go by local time, and iPXE allows as much.</summary>
    public const long FirmwareErrorSecondsMax = 12 * 3600 + 1800;

    private const long LearnedErrorSecondsMax = 60;

    private bool _isSet;
    private long _setTo, _machineSaid;
    private bool _hasMachine;
    private Instant _setAt;
    private WallTimeSource _source;

    /// <summary>Called once, when the date is asked for and the machine has none: says so.</summary>
    public Action<string>? Noted { get; set; }

    /// <summary>Another number than before: somebody has set the date.</summary>
    public int Generation { get; private set; }

    /// <summary>The day the loader was built.</summary>
    public long BuildDate => buildDate;

    /// <summary>Seconds since 1970, UTC: the best guess.</summary>
    public long UnixSeconds
    {
        get
        {
            Begin();
            return _setTo + (clock.Now - _setAt).Microseconds / 1_000_000;
        }
    }

    /// <summary>Where it comes from.</summary>
    public WallTimeSource Source
    {
        get
        {
            Begin();
            return _source;
        }
    }

    /// <summary>It is not earlier than this: who ends before has expired for certain.</summary>
    public long Earliest => Math.Max(buildDate, UnixSeconds - (Source switch
    {
        WallTimeSource.BuildDate => 0,
        WallTimeSource.Firmware => FirmwareErrorSecondsMax,
        _ => LearnedErrorSecondsMax,
    }));

    /// <summary>It is not later than this: who begins after is not valid yet. Without a clock nobody can say
    /// that.</summary>
    public long Latest => Source switch
    {
        WallTimeSource.BuildDate => long.MaxValue,
        WallTimeSource.Firmware => UnixSeconds + FirmwareErrorSecondsMax,
        _ => UnixSeconds + LearnedErrorSecondsMax,
    };

    /// <summary>Takes over a date somebody knows better.</summary>
    public void Set(long unixSeconds, WallTimeSource source)
    {
        Generation++;
        Take(unixSeconds, source);
    }

    private void Take(long unixSeconds, WallTimeSource source)
    {
        _isSet = true;
        _setTo = unixSeconds;
        _setAt = clock.Now;
        _source = source;
    }

    /// <summary>The date and where it comes from: what a user who doubts it must know.</summary>
    public string Describe()
    {
        string date = CalendarDate.OfUnixTime(UnixSeconds).ToString();
        return Source switch
        {
            WallTimeSource.BuildDate => $"{date}, the day this loader was built: {MachineText}",
            WallTimeSource.Firmware => $"{date} by the machine's clock",
            WallTimeSource.Told => $"{date} by ${{unixtime}}",
            _ => $"{date} by NTP",
        };
    }

    private string MachineText => _hasMachine
        ? $"the machine's clock says {CalendarDate.OfUnixTime(_machineSaid)}" : "the machine has no clock";

    /// <summary>Reads the machine's clock, once: some take long for it.</summary>
    private void Begin()
    {
        if (_isSet) return;
        long? read = machine.ReadUnixSeconds();
        _hasMachine = read is not null;
        _machineSaid = read ?? 0;
        bool isBelieved = read >= buildDate;
        Take(isBelieved ? _machineSaid : buildDate, isBelieved ? WallTimeSource.Firmware : WallTimeSource.BuildDate);
        if (isBelieved) return;
        Noted?.Invoke($"No date: {MachineText}. Certificates are compared with the day this loader was built, "
            + $"{CalendarDate.OfUnixTime(buildDate)}; 'ntp SERVER' helps\n");
    }
}
