using System.Globalization;
using System.Numerics;
namespace System;

/// <summary>A native signed integer.</summary>
public readonly unsafe partial struct IntPtr : IComparable, IComparable<nint>, IEquatable<nint>, ISpanFormattable
{
    public static nint MaxValue => unchecked((nint)long.MaxValue);

    public static nint MinValue => unchecked((nint)long.MinValue);

    public const nint Zero = 0;

    public static int Size => 8;

    public IntPtr(int value) => _value = value;

    public IntPtr(long value) => _value = checked((nint)value);

    public IntPtr(void* value) => _value = (nint)value;

    public void* ToPointer() => (void*)_value;

    public int ToInt32() => checked((int)_value);

    public long ToInt64() => (long)_value;

    public static nint Min(nint x, nint y) => x < y ? x : y;

    public static nint Max(nint x, nint y) => x > y ? x : y;

    public static nint Clamp(nint value, nint min, nint max) => Math.Clamp(value, min, max);

    public static nint Abs(nint value) => Math.Abs(value);

    public static nint LeadingZeroCount(nint value) => (nint)BitOperations.LeadingZeroCount((nuint)value);

    public static nint TrailingZeroCount(nint value) => (nint)BitOperations.TrailingZeroCount(value);

    public static nint PopCount(nint value) => (nint)BitOperations.PopCount((nuint)value);

    public static nint RotateLeft(nint value, int rotateAmount) =>
        (nint)BitOperations.RotateLeft((nuint)value, rotateAmount);

    public static nint RotateRight(nint value, int rotateAmount) =>
        (nint)BitOperations.RotateRight((nuint)value, rotateAmount);

    public int CompareTo(nint value) => _value < value ? -1 : _value > value ? 1 : 0;

    public int CompareTo(object? value) => value is null ? 1
        : value is nint other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type IntPtr.");

    public bool Equals(nint obj) => _value == obj;

    public override bool Equals(object? obj) => obj is nint other && _value == other;

    public override int GetHashCode() => (int)_value ^ (int)(_value >> 32);

    public override string ToString() => Number.Format(_value, 8, default);

    public string ToString(string? format) => Number.Format(_value, 8, format);

    public string ToString(IFormatProvider? provider) => Number.Format(_value, 8, default);

    public string ToString(string? format, IFormatProvider? provider) => Number.Format(_value, 8, format);

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) => Number.TryFormat(_value, 8, format, destination, out charsWritten);

    public static nint Parse(string s) => Parse(s, NumberStyles.Integer, null);

    public static nint Parse(string s, NumberStyles style) => Parse(s, style, null);

    public static nint Parse(string s, IFormatProvider? provider) => Parse(s, NumberStyles.Integer, provider);

    public static nint Parse(string s, NumberStyles style, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), style, provider);
    }

    public static nint Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Parse(s, NumberStyles.Integer, provider);

    public static nint Parse(ReadOnlySpan<char> s, NumberStyles style = NumberStyles.Integer,
        IFormatProvider? provider = null)
    {
        ParseOutcome outcome = Number.ParseSigned(s, style, 8, out long value);
        if (outcome != ParseOutcome.Done) Number.Throw(outcome, s, "IntPtr");
        return (nint)value;
    }

    public static bool TryParse(string? s, out nint result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, null, out result);

    public static bool TryParse(string? s, IFormatProvider? provider, out nint result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, provider, out result);

    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out nint result) =>
        TryParse(s.AsSpan(), style, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out nint result) =>
        TryParse(s, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out nint result) =>
        TryParse(s, NumberStyles.Integer, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out nint result)
    {
        bool done = Number.ParseSigned(s, style, 8, out long value) == ParseOutcome.Done;
        result = done ? (nint)value : default;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out nint result) =>
        TryParse(utf8Text, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, NumberStyles style, IFormatProvider? provider,
        out nint result)
    {
        Span<char> text = utf8Text.Length <= Number.StackCharsMax ? stackalloc char[utf8Text.Length]
            : new char[utf8Text.Length];
        Number.Widen(utf8Text, text);
        return TryParse(text, style, provider, out result);
    }
}
