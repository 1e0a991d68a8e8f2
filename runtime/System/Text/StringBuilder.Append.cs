using System.Collections.Generic;

namespace System.Text;

public sealed partial class StringBuilder
{
    public StringBuilder Append(char value)
    {
        Reserve(1);
        _chars[_length++] = value;
        return this;
    }

    public StringBuilder Append(char value, int repeatCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(repeatCount);
        Reserve(repeatCount);
        _chars.AsSpan(_length, repeatCount).Fill(value);
        _length += repeatCount;
        return this;
    }

    public StringBuilder Append(string? value) => Append(value.AsSpan());

    public StringBuilder Append(string? value, int startIndex, int count) => Append(value.AsSpan(startIndex, count));

    public StringBuilder Append(char[]? value) => Append(new ReadOnlySpan<char>(value));

    public StringBuilder Append(char[]? value, int startIndex, int charCount) =>
        Append(new ReadOnlySpan<char>(value, startIndex, charCount));

    public StringBuilder Append(ReadOnlySpan<char> value)
    {
        Reserve(value.Length);
        value.CopyTo(_chars.AsSpan(_length));
        _length += value.Length;
        return this;
    }

    public StringBuilder Append(ReadOnlyMemory<char> value) => Append(value.Span);

    public StringBuilder Append(StringBuilder? value)
    {
        if (value is null) return this;
        int count = value._length;
        Reserve(count);   // before the source's array is taken: the source may be this
        return Append((ReadOnlySpan<char>)value._chars.AsSpan(0, count));
    }

    public StringBuilder Append(object? value) => Append(value?.ToString());

    public StringBuilder Append(bool value) => Append(value ? "True" : "False");

    public StringBuilder Append(byte value) => AppendNumber(value);

    public StringBuilder Append(sbyte value) => AppendNumber((long)value);

    public StringBuilder Append(short value) => AppendNumber((long)value);

    public StringBuilder Append(ushort value) => AppendNumber((ulong)value);

    public StringBuilder Append(int value) => AppendNumber((long)value);

    public StringBuilder Append(uint value) => AppendNumber((ulong)value);

    public StringBuilder Append(long value) => AppendNumber(value);

    public StringBuilder Append(ulong value) => AppendNumber(value);

    public StringBuilder AppendLine() => Append(Environment.NewLine);

    public StringBuilder AppendLine(string? value) => Append(value).Append(Environment.NewLine);

    public StringBuilder AppendJoin(string? separator, params string?[] values) =>
        Append(string.Join(separator, values));

    public StringBuilder AppendJoin(char separator, params string?[] values) => Append(string.Join(separator, values));

    public StringBuilder AppendJoin<T>(string? separator, IEnumerable<T> values) =>
        Append(string.Join(separator, values));

    public StringBuilder AppendJoin<T>(char separator, IEnumerable<T> values) => Append(string.Join(separator, values));

    private StringBuilder AppendNumber(long value)
    {
        Reserve(20);
        value.TryFormat(_chars.AsSpan(_length), out int written);
        _length += written;
        return this;
    }

    private StringBuilder AppendNumber(ulong value)
    {
        Reserve(20);
        value.TryFormat(_chars.AsSpan(_length), out int written);
        _length += written;
        return this;
    }
}
