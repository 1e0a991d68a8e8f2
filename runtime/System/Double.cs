namespace System;

/// <summary>A 64-bit floating point number: arithmetic and comparison only, no text form.</summary>
public readonly partial struct Double : IComparable<double>, IEquatable<double>
{
    public const double MaxValue = 1.7976931348623157E+308;
    public const double MinValue = -1.7976931348623157E+308;
    public const double Epsilon = 4.9406564584124654E-324;
    public const double NaN = 0.0 / 0.0;
    public const double PositiveInfinity = 1.0 / 0.0;
    public const double NegativeInfinity = -1.0 / 0.0;

#pragma warning disable CS1718   // only NaN differs from itself
    public static bool IsNaN(double d) => d != d;
#pragma warning restore CS1718

    public static bool IsInfinity(double d) => d is PositiveInfinity or NegativeInfinity;

    public static bool IsFinite(double d) => !IsNaN(d) && !IsInfinity(d);

    public int CompareTo(double value) =>
        m_value < value ? -1 : m_value > value ? 1 : m_value == value ? 0 : IsNaN(m_value) ? IsNaN(value) ? 0 : -1 : 1;

    public bool Equals(double obj) => m_value == obj || IsNaN(m_value) && IsNaN(obj);

    public override bool Equals(object? obj) => obj is double other && Equals(other);

    public override int GetHashCode()
    {
        long bits = m_value == 0 ? 0 : BitConverter.DoubleToInt64Bits(m_value);
        if (IsNaN(m_value)) bits &= 0x7ff0000000000000;
        return (int)bits ^ (int)(bits >> 32);
    }
}
