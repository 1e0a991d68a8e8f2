using System;

namespace Bootlace.Net;

/// <summary>A span of time in whole microseconds; may be negative.</summary>
public readonly struct Duration(long microseconds) : IEquatable<Duration>, IComparable<Duration>
{
    /// <summary>No time at all.</summary>
    public static Duration Zero => default;

    /// <summary>Length in microseconds.</summary>
    public long Microseconds { get; } = microseconds;

    /// <summary>Length in milliseconds, rounded toward zero.</summary>
    public long Milliseconds => Microseconds / 1000;

    /// <summary>A number of microseconds.</summary>
    public static Duration FromMicroseconds(long value) => new(value);

    /// <summary>A number of milliseconds.</summary>
    public static Duration FromMilliseconds(long value) => new(value * 1000);

    /// <summary>A number of seconds.</summary>
    public static Duration FromSeconds(long value) => new(value * 1_000_000);

    /// <summary>Sum.</summary>
    public static Duration operator +(Duration a, Duration b) => new(a.Microseconds + b.Microseconds);
    /// <summary>Difference.</summary>
    public static Duration operator -(Duration a, Duration b) => new(a.Microseconds - b.Microseconds);
    /// <summary>Multiple.</summary>
    public static Duration operator *(Duration a, long factor) => new(a.Microseconds * factor);
    /// <summary>Shorter than.</summary>
    public static bool operator <(Duration a, Duration b) => a.Microseconds < b.Microseconds;
    /// <summary>Longer than.</summary>
    public static bool operator >(Duration a, Duration b) => a.Microseconds > b.Microseconds;
    /// <summary>Not longer than.</summary>
    public static bool operator <=(Duration a, Duration b) => a.Microseconds <= b.Microseconds;
    /// <summary>Not shorter than.</summary>
    public static bool operator >=(Duration a, Duration b) => a.Microseconds >= b.Microseconds;
    /// <summary>Equal length.</summary>
    public static bool operator ==(Duration a, Duration b) => a.Microseconds == b.Microseconds;
    /// <summary>Different length.</summary>
    public static bool operator !=(Duration a, Duration b) => a.Microseconds != b.Microseconds;

    /// <inheritdoc/>
    public bool Equals(Duration other) => Microseconds == other.Microseconds;
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Duration other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => Microseconds.GetHashCode();
    /// <inheritdoc/>
    public int CompareTo(Duration other) => Microseconds.CompareTo(other.Microseconds);
    /// <summary>Milliseconds with the unit, as "1500 ms".</summary>
    public override string ToString() => $"{Milliseconds} ms";
}
