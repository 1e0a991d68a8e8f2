using System.Buffers;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;

namespace System;

public sealed partial class String
{
    public static string Create<TState>(int length, TState state, SpanAction<char, TState> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length == 0) return "";
        string result = FastAllocateString(length);
        action(Room(result), state);
        return result;
    }

    public static string Create(IFormatProvider? provider,
        [InterpolatedStringHandlerArgument(nameof(provider))] ref DefaultInterpolatedStringHandler handler) =>
            handler.ToStringAndClear();

    public static string Concat(string? str0, string? str1)
    {
        if (IsNullOrEmpty(str0)) return str1 ?? "";
        if (IsNullOrEmpty(str1)) return str0;
        return Concat(str0.AsSpan(), str1.AsSpan());
    }

    public static string Concat(string? str0, string? str1, string? str2) =>
        Concat(str0.AsSpan(), str1.AsSpan(), str2.AsSpan());

    public static string Concat(string? str0, string? str1, string? str2, string? str3) =>
        Concat(str0.AsSpan(), str1.AsSpan(), str2.AsSpan(), str3.AsSpan());

    public static string Concat(ReadOnlySpan<char> str0, ReadOnlySpan<char> str1) =>
        Concat(str0, str1, default, default);

    public static string Concat(ReadOnlySpan<char> str0, ReadOnlySpan<char> str1, ReadOnlySpan<char> str2) =>
        Concat(str0, str1, str2, default);

    public static string Concat(ReadOnlySpan<char> str0, ReadOnlySpan<char> str1, ReadOnlySpan<char> str2,
        ReadOnlySpan<char> str3)
    {
        int length = checked(str0.Length + str1.Length + str2.Length + str3.Length);
        if (length == 0) return "";
        string result = FastAllocateString(length);
        Span<char> room = Room(result);
        str0.CopyTo(room);
        room = room.Slice(str0.Length);
        str1.CopyTo(room);
        room = room.Slice(str1.Length);
        str2.CopyTo(room);
        str3.CopyTo(room.Slice(str2.Length));
        return result;
    }

    public static string Concat(params string?[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Joined(default, values);
    }

    public static string Concat(params ReadOnlySpan<string?> values) => Joined(default, values);

    public static string Concat(IEnumerable<string?> values) => Join("", values);

    public static string Concat(object? arg0) => arg0?.ToString() ?? "";

    public static string Concat(object? arg0, object? arg1) => Concat(arg0?.ToString(), arg1?.ToString());

    public static string Concat(object? arg0, object? arg1, object? arg2) =>
        Concat(arg0?.ToString(), arg1?.ToString(), arg2?.ToString());

    public static string Join(string? separator, params string?[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Joined(separator.AsSpan(), value);
    }

    public static string Join(string? separator, params ReadOnlySpan<string?> value) =>
        Joined(separator.AsSpan(), value);

    public static string Join(char separator, params string?[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Joined([separator], value);
    }

    public static string Join(char separator, params ReadOnlySpan<string?> value) => Joined([separator], value);

    public static string Join(string? separator, string?[] value, int startIndex, int count) =>
        Joined(separator.AsSpan(), value.AsSpan(startIndex, count));

    public static string Join(string? separator, IEnumerable<string?> values) => Joined(separator.AsSpan(), values);

    public static string Join(string? separator, params object?[] values) =>
        Joined<object?>(separator.AsSpan(), values);

    public static string Join<T>(string? separator, IEnumerable<T> values) => Joined(separator.AsSpan(), values);

    public static string Join<T>(char separator, IEnumerable<T> values) => Joined([separator], values);

    public string Insert(int startIndex, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Concat(this.AsSpan(0, startIndex), value.AsSpan(), this.AsSpan(startIndex));
    }

    public string Remove(int startIndex) => Substring(0, startIndex);

    public string Remove(int startIndex, int count) =>
        Concat(this.AsSpan(0, startIndex), this.AsSpan(startIndex).Slice(count));

    public string Substring(int startIndex)
    {
        if ((uint)startIndex > (uint)Length) ThrowHelper.ArgumentOutOfRange(nameof(startIndex));
        return startIndex == 0 ? this : new string(this.AsSpan(startIndex));
    }

    public string Substring(int startIndex, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (startIndex > Length - length) ThrowHelper.ArgumentOutOfRange(nameof(length));
        return length == Length ? this : new string(this.AsSpan(startIndex, length));
    }

    public string PadLeft(int totalWidth) => PadLeft(totalWidth, ' ');

    public string PadLeft(int totalWidth, char paddingChar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalWidth);
        if (totalWidth <= Length) return this;
        string result = FastAllocateString(totalWidth);
        Room(result).Slice(0, totalWidth - Length).Fill(paddingChar);
        CopyTo(Room(result).Slice(totalWidth - Length));
        return result;
    }

    public string PadRight(int totalWidth) => PadRight(totalWidth, ' ');

    public string PadRight(int totalWidth, char paddingChar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalWidth);
        if (totalWidth <= Length) return this;
        string result = FastAllocateString(totalWidth);
        CopyTo(Room(result));
        Room(result).Slice(Length).Fill(paddingChar);
        return result;
    }

    public string ToLowerInvariant()
    {
        int first = 0;
        while (first < Length && char.ToLowerInvariant(this[first]) == this[first]) first++;
        if (first == Length) return this;
        string result = FastAllocateString(Length);
        this.AsSpan().ToLowerInvariant(Room(result));
        return result;
    }

    public string ToUpperInvariant()
    {
        int first = 0;
        while (first < Length && char.ToUpperInvariant(this[first]) == this[first]) first++;
        if (first == Length) return this;
        string result = FastAllocateString(Length);
        this.AsSpan().ToUpperInvariant(Room(result));
        return result;
    }

    public string Replace(char oldChar, char newChar)
    {
        if (oldChar == newChar || !Contains(oldChar)) return this;
        string result = FastAllocateString(Length);
        CopyTo(Room(result));
        Room(result).Replace(oldChar, newChar);
        return result;
    }

    public string Replace(string oldValue, string? newValue) => Replace(oldValue, newValue, StringComparison.Ordinal);

    public string Replace(string oldValue, string? newValue, StringComparison comparisonType)
    {
        ArgumentException.ThrowIfNullOrEmpty(oldValue);
        ReadOnlySpan<char> rest = this.AsSpan();
        int at = rest.IndexOf(oldValue.AsSpan(), comparisonType);
        if (at < 0) return this;
        var text = new StringBuilder(Length);
        for (; at >= 0; at = rest.IndexOf(oldValue.AsSpan(), comparisonType))
        {
            text.Append(rest.Slice(0, at)).Append(newValue);
            rest = rest.Slice(at + oldValue.Length);
        }
        return text.Append(rest).ToString();
    }

    private static string Joined(ReadOnlySpan<char> separator, ReadOnlySpan<string?> values)
    {
        if (values.Length == 0) return "";
        if (values.Length == 1) return values[0] ?? "";
        int length = checked(separator.Length * (values.Length - 1));
        for (int i = 0; i < values.Length; i++) length = checked(length + (values[i]?.Length ?? 0));
        if (length == 0) return "";
        string result = FastAllocateString(length);
        Span<char> room = Room(result);
        for (int i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                separator.CopyTo(room);
                room = room.Slice(separator.Length);
            }
            if (values[i] is not { } value) continue;
            value.CopyTo(room);
            room = room.Slice(value.Length);
        }
        return result;
    }

    private static string Joined<T>(ReadOnlySpan<char> separator, IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var text = new StringBuilder();
        bool first = true;
        foreach (T value in values)
        {
            if (!first) text.Append(separator);
            first = false;
            text.Append(value?.ToString());
        }
        return text.ToString();
    }
}
