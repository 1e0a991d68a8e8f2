namespace System;

/// <summary>A position counted from the start or from the end: the operand of <c>^</c>.</summary>
public readonly struct Index : IEquatable<Index>
{
    private readonly int _value;   // the complement of the distance when counted from the end

    public Index(int value, bool fromEnd = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        _value = fromEnd ? ~value : value;
    }

    private Index(int value) => _value = value;

    public static Index Start => new(0);

    public static Index End => new(~0);

    public int Value => _value < 0 ? ~_value : _value;

    public bool IsFromEnd => _value < 0;

    public static Index FromStart(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new Index(value);
    }

    public static Index FromEnd(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new Index(~value);
    }

    public static implicit operator Index(int value) => FromStart(value);

    public int GetOffset(int length) => _value < 0 ? _value + length + 1 : _value;

    public bool Equals(Index other) => _value == other._value;

    public override bool Equals(object? value) => value is Index other && _value == other._value;

    public override int GetHashCode() => _value;

    public override string ToString() => IsFromEnd ? "^" + ((uint)Value).ToString() : ((uint)Value).ToString();
}
