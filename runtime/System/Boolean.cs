using System.Diagnostics.CodeAnalysis;

namespace System;

/// <summary>True or false.</summary>
public readonly partial struct Boolean : IComparable, IComparable<bool>, IEquatable<bool>, ISpanFormattable
{
    public static readonly string TrueString = "True";
    public static readonly string FalseString = "False";

    public int CompareTo(bool value) => m_value == value ? 0 : m_value ? 1 : -1;

    public int CompareTo(object? obj) => obj is null ? 1
        : obj is bool other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type Boolean.");

    public bool Equals(bool obj) => m_value == obj;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is bool other && m_value == other;

    public override int GetHashCode() => m_value ? 1 : 0;

    public override string ToString() => m_value ? "True" : "False";

    public string ToString(IFormatProvider? provider) => ToString();

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format,
        IFormatProvider? provider) =>
        TryFormat(destination, out charsWritten);

    public bool TryFormat(Span<char> destination, out int charsWritten)
    {
        string text = ToString();
        charsWritten = text.TryCopyTo(destination) ? text.Length : 0;
        return charsWritten != 0;
    }

    public static bool Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return TryParse(value, out bool result) ? result
            : throw new FormatException("String '" + value + "' was not recognized as a valid Boolean.");
    }

    public static bool TryParse([NotNullWhen(true)] string? value, out bool result) =>
        TryParse(value.AsSpan(), out result);

    public static bool TryParse(ReadOnlySpan<char> value, out bool result)
    {
        ReadOnlySpan<char> word = value.Trim().Trim('\0').Trim();
        result = word.Equals("True", StringComparison.OrdinalIgnoreCase);
        return result || word.Equals("False", StringComparison.OrdinalIgnoreCase);
    }
}
