namespace System;

/// <summary>A length of time in ticks of 100 ns.</summary>
public readonly struct TimeSpan : IEquatable<TimeSpan>, IComparable<TimeSpan>, IComparable
{
    public const long TicksPerMicrosecond = 10;
    public const long TicksPerMillisecond = 10_000;
    public const long TicksPerSecond = 10_000_000;
    public const long TicksPerMinute = 600_000_000;
    public const long TicksPerHour = 36_000_000_000;
    public const long TicksPerDay = 864_000_000_000;

    public static readonly TimeSpan Zero = new(0);
    public static readonly TimeSpan MaxValue = new(long.MaxValue);
    public static readonly TimeSpan MinValue = new(long.MinValue);

    public TimeSpan(long ticks) => Ticks = ticks;

    public TimeSpan(int hours, int minutes, int seconds) =>
        Ticks = hours * TicksPerHour + minutes * TicksPerMinute + seconds * TicksPerSecond;

    public TimeSpan(int days, int hours, int minutes, int seconds, int milliseconds = 0) =>
        Ticks = days * TicksPerDay + hours * TicksPerHour + minutes * TicksPerMinute + seconds * TicksPerSecond
            + milliseconds * TicksPerMillisecond;

    public long Ticks { get; }

    public int Days => (int)(Ticks / TicksPerDay);

    public int Hours => (int)(Ticks / TicksPerHour % 24);

    public int Minutes => (int)(Ticks / TicksPerMinute % 60);

    public int Seconds => (int)(Ticks / TicksPerSecond % 60);

    public int Milliseconds => (int)(Ticks / TicksPerMillisecond % 1000);

    public double TotalMilliseconds => (double)Ticks / TicksPerMillisecond;

    public double TotalSeconds => (double)Ticks / TicksPerSecond;

    public double TotalMinutes => (double)Ticks / TicksPerMinute;

    public static TimeSpan FromTicks(long value) => new(value);

    public static TimeSpan FromMicroseconds(long microseconds) => new(checked(microseconds * TicksPerMicrosecond));

    public static TimeSpan FromMilliseconds(long milliseconds, long microseconds = 0) =>
        new(checked(milliseconds * TicksPerMillisecond + microseconds * TicksPerMicrosecond));

    public static TimeSpan FromSeconds(long seconds) => new(checked(seconds * TicksPerSecond));

    public static TimeSpan FromMinutes(long minutes) => new(checked(minutes * TicksPerMinute));

    public static TimeSpan FromHours(int hours) => new(checked(hours * TicksPerHour));

    public static TimeSpan operator +(TimeSpan a, TimeSpan b) => new(checked(a.Ticks + b.Ticks));

    public static TimeSpan operator -(TimeSpan a, TimeSpan b) => new(checked(a.Ticks - b.Ticks));

    public static TimeSpan operator -(TimeSpan a) => new(checked(-a.Ticks));

    public static bool operator ==(TimeSpan a, TimeSpan b) => a.Ticks == b.Ticks;

    public static bool operator !=(TimeSpan a, TimeSpan b) => a.Ticks != b.Ticks;

    public static bool operator <(TimeSpan a, TimeSpan b) => a.Ticks < b.Ticks;

    public static bool operator >(TimeSpan a, TimeSpan b) => a.Ticks > b.Ticks;

    public static bool operator <=(TimeSpan a, TimeSpan b) => a.Ticks <= b.Ticks;

    public static bool operator >=(TimeSpan a, TimeSpan b) => a.Ticks >= b.Ticks;

    public TimeSpan Duration() => Ticks < 0 ? -this : this;

    public int CompareTo(TimeSpan value) => Ticks.CompareTo(value.Ticks);

    public int CompareTo(object? value) => value is null ? 1
        : value is TimeSpan other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type TimeSpan.");

    public bool Equals(TimeSpan obj) => Ticks == obj.Ticks;

    public override bool Equals(object? value) => value is TimeSpan other && Ticks == other.Ticks;

    public override int GetHashCode() => Ticks.GetHashCode();

    /// <summary>[-][d.]hh:mm:ss[.fffffff]</summary>
    public override string ToString()
    {
        ulong ticks = Ticks < 0 ? 0 - (ulong)Ticks : (ulong)Ticks;
        ulong days = ticks / (ulong)TicksPerDay, fraction = ticks % (ulong)TicksPerSecond;
        ulong hours = ticks / (ulong)TicksPerHour % 24, minutes = ticks / (ulong)TicksPerMinute % 60,
            seconds = ticks / (ulong)TicksPerSecond % 60;
        string text = hours.ToString("D2") + ":" + minutes.ToString("D2") + ":" + seconds.ToString("D2");
        if (days != 0) text = days.ToString() + "." + text;
        if (fraction != 0) text = text + "." + fraction.ToString("D7");
        return Ticks < 0 ? "-" + text : text;
    }
}
