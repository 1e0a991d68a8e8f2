using System.Globalization;
using System.Numerics;
namespace System;

/// <summary>A native unsigned integer.</summary>
public readonly unsafe partial struct UIntPtr : IComparable, IComparable<nuint>, IEquatable<nuint>, ISpanFormattable
{
    public static nuint MaxValue => unchecked((nuint)ulong.MaxValue);

    public static nuint MinValue => 0;

    public const nuint Zero = 0;

    public static int Size => 8;

    public UIntPtr(uint value) => _value = value;

    public UIntPtr(ulong value) => _value = checked((nuint)value);

    public UIntPtr(void* value) => _value = (nuint)value;

    public void* ToPointer() => (void*)_value;

    public uint ToUInt32() => checked((uint)_value);

    public ulong ToUInt64() => (ulong)_value;

    public static nuint Min(nuint x, nuint y) => x < y ? x : y;

    public static nuint Max(nuint x, nuint y) => x > y ? x : y;

    public static nuint Clamp(nuint value, nuint min, nuint max) => Math.Clamp(value, min, max);

    public static nuint LeadingZeroCount(nuint value) => (nuint)BitOperations.LeadingZeroCount((nuint)value);

    public static nuint TrailingZeroCount(nuint value) => (nuint)BitOperations.TrailingZeroCount(value);

    public static nuint PopCount(nuint value) => (nuint)BitOperations.PopCount((nuint)value);

    public static nuint RotateLeft(nuint value, int rotateAmount) =>
        (nuint)BitOperations.RotateLeft((nuint)value, rotateAmount);

    public static nuint RotateRight(nuint value, int rotateAmount) =>
        (nuint)BitOperations.RotateRight((nuint)value, rotateAmount);

    public int CompareTo(nuint value) => _value < value ? -1 : _value > value ? 1 : 0;

    public int CompareTo(object? value) => value is null ? 1
        : value is nuint other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type UIntPtr.");

    public bool Equals(nuint obj) => _value == obj;

    public override bool Equals(object? obj) => obj is nuint other && _value == other;

    public override int GetHashCode() => (int)_value ^ (int)(_value >> 32);

    public override string ToString() => Number.Format(_value, default);

    public string ToString(string? format) => Number.Format(_value, format);

    public string ToString(IFormatProvider? provider) => Number.Format(_value, default);

    public string ToString(string? format, IFormatProvider? provider) => Number.Format(_value, format);

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) => Number.TryFormat(_value, format, destination, out charsWritten);

    public static nuint Parse(string s) => Parse(s, NumberStyles.Integer, null);

    public static nuint Parse(string s, NumberStyles style) => Parse(s, style, null);

    public static nuint Parse(string s, IFormatProvider? provider) => Parse(s, NumberStyles.Integer, provider);

    public static nuint Parse(string s, NumberStyles style, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), style, provider);
    }

    public static nuint Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Parse(s, NumberStyles.Integer, provider);

    public static nuint Parse(ReadOnlySpan<char> s, NumberStyles style = NumberStyles.Integer,
        IFormatProvider? provider = null)
    {
        ParseOutcome outcome = Number.ParseUnsigned(s, style, 8, out ulong value);
        if (outcome != ParseOutcome.Done) Number.Throw(outcome, s, "UIntPtr");
        return (nuint)value;
    }

    public static bool TryParse(string? s, out nuint result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, null, out result);

    public static bool TryParse(string? s, IFormatProvider? provider, out nuint result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, provider, out result);

    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out nuint result) =>
        TryParse(s.AsSpan(), style, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out nuint result) =>
        TryParse(s, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out nuint result) =>
        TryParse(s, NumberStyles.Integer, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out nuint result)
    {
        bool done = Number.ParseUnsigned(s, style, 8, out ulong value) == ParseOutcome.Done;
        result = done ? (nuint)value : default;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out nuint result) =>
        TryParse(utf8Text, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, NumberStyles style, IFormatProvider? provider,
        out nuint result)
    {
        Span<char> text = utf8Text.Length <= Number.StackCharsMax ? stackalloc char[utf8Text.Length]
            : new char[utf8Text.Length];
        Number.Widen(utf8Text, text);
        return TryParse(text, style, provider, out result);
    }
}
