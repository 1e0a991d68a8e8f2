using System.Runtime.CompilerServices;

namespace System.Text;

/// <summary>Text under construction, in one growing array.</summary>
public sealed partial class StringBuilder
{
    private const int CapacityFirst = 16;
    private char[] _chars;
    private int _length;

    public StringBuilder() : this(CapacityFirst) { }

    public StringBuilder(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _chars = new char[capacity == 0 ? CapacityFirst : capacity];
    }

    public StringBuilder(string? value) : this(value, CapacityFirst) { }

    public StringBuilder(string? value, int capacity) : this(Math.Max(capacity, value?.Length ?? 0)) => Append(value);

    public int Length
    {
        get => _length;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (value > _length)
            {
                Reserve(value - _length);
                _chars.AsSpan(_length, value - _length).Clear();
            }
            _length = value;
        }
    }

    public int Capacity
    {
        get => _chars.Length;
        set
        {
            if (value < _length) ThrowHelper.ArgumentOutOfRange(nameof(value));
            if (value != _chars.Length) Array.Resize(ref _chars, value);
        }
    }

    [IndexerName("Chars")]
    public char this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_length) ThrowHelper.IndexOutOfRange();
            return _chars[index];
        }
        set
        {
            if ((uint)index >= (uint)_length) ThrowHelper.ArgumentOutOfRange(nameof(index));
            _chars[index] = value;
        }
    }

    public int EnsureCapacity(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (capacity > _chars.Length) Capacity = capacity;
        return _chars.Length;
    }

    public override string ToString() => new(_chars.AsSpan(0, _length));

    public string ToString(int startIndex, int length)
    {
        CheckRange(startIndex, length);
        return new string(_chars.AsSpan(startIndex, length));
    }

    public void CopyTo(int sourceIndex, Span<char> destination, int count)
    {
        CheckRange(sourceIndex, count);
        _chars.AsSpan(sourceIndex, count).CopyTo(destination);
    }

    public bool Equals(ReadOnlySpan<char> span) => ((ReadOnlySpan<char>)_chars.AsSpan(0, _length)).SequenceEqual(span);

    public bool Equals(StringBuilder? sb) => sb is not null && sb.Equals((ReadOnlySpan<char>)_chars.AsSpan(0, _length));

    public StringBuilder Clear()
    {
        _length = 0;
        return this;
    }

    public StringBuilder Insert(int index, char value) => Insert(index, [value]);

    public StringBuilder Insert(int index, string? value) => Insert(index, value.AsSpan());

    public StringBuilder Insert(int index, int value) => Insert(index, value.ToString().AsSpan());

    public StringBuilder Insert(int index, ReadOnlySpan<char> value)
    {
        if ((uint)index > (uint)_length) ThrowHelper.ArgumentOutOfRange(nameof(index));
        Reserve(value.Length);
        _chars.AsSpan(index, _length - index).CopyTo(_chars.AsSpan(index + value.Length));
        value.CopyTo(_chars.AsSpan(index));
        _length += value.Length;
        return this;
    }

    public StringBuilder Remove(int startIndex, int length)
    {
        CheckRange(startIndex, length);
        _chars.AsSpan(startIndex + length, _length - startIndex - length).CopyTo(_chars.AsSpan(startIndex));
        _length -= length;
        return this;
    }

    public StringBuilder Replace(char oldChar, char newChar)
    {
        _chars.AsSpan(0, _length).Replace(oldChar, newChar);
        return this;
    }

    public StringBuilder Replace(string oldValue, string? newValue)
    {
        string text = ToString().Replace(oldValue, newValue);
        _length = 0;
        return Append(text);
    }

    private void CheckRange(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (start > _length - length) ThrowHelper.ArgumentOutOfRange(nameof(length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int count)
    {
        if (count > _chars.Length - _length) Grow(checked(_length + count));
    }

    private void Grow(int capacity) => Array.Resize(ref _chars, Math.Max(capacity, checked(2 * _chars.Length)));
}
