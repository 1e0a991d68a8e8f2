using System;

namespace Bootlace.Net;

/// <summary>A point on the loader's own time line, in microseconds since some start; never runs backwards. Only
/// <see cref="IClock"/> makes them, everything else is given them.</summary>
public readonly struct Instant(long microseconds) : IEquatable<Instant>, IComparable<Instant>
{
    /// <summary>Later than every deadline: nothing but the peer can move us.</summary>
    public static Instant Never => new(long.MaxValue);

    /// <summary>Microseconds since the clock's start.</summary>
    public long Microseconds { get; } = microseconds;

    /// <summary>The earlier of two.</summary>
    public static Instant Earlier(Instant a, Instant b) => a <= b ? a : b;

    /// <summary>The instant that much later; <see cref="Never"/> stays Never.</summary>
    public static Instant operator +(Instant a, Duration b) =>
        a == Never ? Never : new(a.Microseconds + b.Microseconds);
    /// <summary>The instant that much sooner; <see cref="Never"/> stays Never.</summary>
    public static Instant operator -(Instant a, Duration b) => a + (Duration.Zero - b);
    /// <summary>The time from <paramref name="b"/> to <paramref name="a"/>.</summary>
    public static Duration operator -(Instant a, Instant b) => new(a.Microseconds - b.Microseconds);
    /// <summary>Before.</summary>
    public static bool operator <(Instant a, Instant b) => a.Microseconds < b.Microseconds;
    /// <summary>After.</summary>
    public static bool operator >(Instant a, Instant b) => a.Microseconds > b.Microseconds;
    /// <summary>Not after.</summary>
    public static bool operator <=(Instant a, Instant b) => a.Microseconds <= b.Microseconds;
    /// <summary>Not before.</summary>
    public static bool operator >=(Instant a, Instant b) => a.Microseconds >= b.Microseconds;
    /// <summary>The same point.</summary>
    public static bool operator ==(Instant a, Instant b) => a.Microseconds == b.Microseconds;
    /// <summary>Another point.</summary>
    public static bool operator !=(Instant a, Instant b) => a.Microseconds != b.Microseconds;

    /// <inheritdoc/>
    public bool Equals(Instant other) => Microseconds == other.Microseconds;
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Instant other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => Microseconds.GetHashCode();
    /// <inheritdoc/>
    public int CompareTo(Instant other) => Microseconds.CompareTo(other.Microseconds);
    /// <summary>Milliseconds since the start, as "at 1500 ms".</summary>
    public override string ToString() => this == Never ? "never" : $"at {Microseconds / 1000} ms";
}
