using System;

namespace Bootlace.Wire;

/// <summary>A sequence number of TCP or iSCSI: 32 bits that wrap. Comparisons hold for numbers less than 2^31 apart
/// (RFC 9293 section 3.4, RFC 1982).</summary>
public readonly struct SeqNumber(uint value) : IEquatable<SeqNumber>
{
    /// <summary>The number on the wire.</summary>
    public uint Value { get; } = value;

    /// <summary>That many bytes on.</summary>
    public static SeqNumber operator +(SeqNumber a, int countBytes) => new(a.Value + (uint)countBytes);
    /// <summary>That many bytes back.</summary>
    public static SeqNumber operator -(SeqNumber a, int countBytes) => new(a.Value - (uint)countBytes);
    /// <summary>The bytes from <paramref name="b"/> to <paramref name="a"/>; negative if a is before b.</summary>
    public static int operator -(SeqNumber a, SeqNumber b) => (int)(a.Value - b.Value);
    /// <summary>Before.</summary>
    public static bool operator <(SeqNumber a, SeqNumber b) => a - b < 0;
    /// <summary>After.</summary>
    public static bool operator >(SeqNumber a, SeqNumber b) => a - b > 0;
    /// <summary>Not after.</summary>
    public static bool operator <=(SeqNumber a, SeqNumber b) => a - b <= 0;
    /// <summary>Not before.</summary>
    public static bool operator >=(SeqNumber a, SeqNumber b) => a - b >= 0;
    /// <summary>Same number.</summary>
    public static bool operator ==(SeqNumber a, SeqNumber b) => a.Value == b.Value;
    /// <summary>Other number.</summary>
    public static bool operator !=(SeqNumber a, SeqNumber b) => a.Value != b.Value;

    /// <summary>The later of two.</summary>
    public static SeqNumber Later(SeqNumber a, SeqNumber b) => a >= b ? a : b;

    /// <summary>The earlier of two.</summary>
    public static SeqNumber Earlier(SeqNumber a, SeqNumber b) => a <= b ? a : b;

    /// <summary>At or after <paramref name="start"/> and before its end <paramref name="lengthBytes"/> later.</summary>
    public bool IsInside(SeqNumber start, uint lengthBytes) => Value - start.Value < lengthBytes;

    /// <inheritdoc/>
    public bool Equals(SeqNumber other) => Value == other.Value;
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SeqNumber other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => (int)Value;
    /// <summary>The number in decimal.</summary>
    public override string ToString() => Value.ToString();
}
