namespace System;

/// <summary>A 32-bit floating point number: arithmetic and comparison only, no text form.</summary>
public readonly partial struct Single : IComparable<float>, IEquatable<float>
{
    public const float MaxValue = 3.40282346638528859e+38f;
    public const float MinValue = -3.40282346638528859e+38f;
    public const float Epsilon = 1.4e-45f;
    public const float NaN = 0.0f / 0.0f;
    public const float PositiveInfinity = 1.0f / 0.0f;
    public const float NegativeInfinity = -1.0f / 0.0f;

#pragma warning disable CS1718   // only NaN differs from itself
    public static bool IsNaN(float f) => f != f;
#pragma warning restore CS1718

    public int CompareTo(float value) =>
        m_value < value ? -1 : m_value > value ? 1 : m_value == value ? 0 : IsNaN(m_value) ? IsNaN(value) ? 0 : -1 : 1;

    public bool Equals(float obj) => m_value == obj || IsNaN(m_value) && IsNaN(obj);

    public override bool Equals(object? obj) => obj is float other && Equals(other);

    public override int GetHashCode()
    {
        int bits = m_value == 0 ? 0 : BitConverter.SingleToInt32Bits(m_value);
        return IsNaN(m_value) ? bits & 0x7f800000 : bits;
    }
}
