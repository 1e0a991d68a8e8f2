using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System;

/// <summary>Spans of arrays and strings, and searching, comparing and trimming spans. What only reads is written for
/// <see cref="ReadOnlySpan{T}"/>; writable spans and arrays convert to it.</summary>
public static partial class MemoryExtensions
{
    // Not `return text;`: that conversion is compiled as a call of this very method.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<char> AsSpan(this string? text) =>
        text is null ? default : new ReadOnlySpan<char>(ref text.RawChars, text.Length);

    public static ReadOnlySpan<char> AsSpan(this string? text, int start)
    {
        if (text is null)
        {
            if (start != 0) ThrowHelper.ArgumentOutOfRange(nameof(start));
            return default;
        }
        if ((uint)start > (uint)text.Length) ThrowHelper.ArgumentOutOfRange(nameof(start));
        return new ReadOnlySpan<char>(ref Unsafe.Add(ref text.RawChars, start), text.Length - start);
    }

    public static ReadOnlySpan<char> AsSpan(this string? text, int start, int length)
    {
        if (text is null)
        {
            if (start != 0 || length != 0) ThrowHelper.ArgumentOutOfRange(nameof(start));
            return default;
        }
        if ((uint)start > (uint)text.Length || (uint)length > (uint)(text.Length - start))
            ThrowHelper.ArgumentOutOfRange(nameof(start));
        return new ReadOnlySpan<char>(ref Unsafe.Add(ref text.RawChars, start), length);
    }

    public static ReadOnlySpan<char> AsSpan(this string? text, Range range)
    {
        ArgumentNullException.ThrowIfNull(text);
        (int start, int length) = range.GetOffsetAndLength(text.Length);
        return text.AsSpan(start, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> AsSpan<T>(this T[]? array) => new(array);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> AsSpan<T>(this T[]? array, int start)
    {
        if (array is null)
        {
            if (start != 0) ThrowHelper.ArgumentOutOfRange(nameof(start));
            return default;
        }
        return new Span<T>(array, start, array.Length - start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> AsSpan<T>(this T[]? array, int start, int length) => new(array, start, length);

    public static Span<T> AsSpan<T>(this T[]? array, Range range)
    {
        ArgumentNullException.ThrowIfNull(array);
        (int start, int length) = range.GetOffsetAndLength(array.Length);
        return new Span<T>(array, start, length);
    }

    public static Span<T> AsSpan<T>(this ArraySegment<T> segment) => new(segment.Array, segment.Offset, segment.Count);

    public static Memory<T> AsMemory<T>(this T[]? array) => new(array);

    public static Memory<T> AsMemory<T>(this T[]? array, int start) => new(array, start, (array?.Length ?? 0) - start);

    public static Memory<T> AsMemory<T>(this T[]? array, int start, int length) => new(array, start, length);

    public static Memory<T> AsMemory<T>(this T[]? array, Range range)
    {
        ArgumentNullException.ThrowIfNull(array);
        (int start, int length) = range.GetOffsetAndLength(array.Length);
        return new Memory<T>(array, start, length);
    }

    public static ReadOnlyMemory<char> AsMemory(this string? text) => new(text, 0, text?.Length ?? 0);

    public static ReadOnlyMemory<char> AsMemory(this string? text, int start) => text.AsMemory().Slice(start);

    public static ReadOnlyMemory<char> AsMemory(this string? text, int start, int length) =>
        text.AsMemory().Slice(start, length);

    public static void CopyTo<T>(this T[]? source, Span<T> destination) =>
        new ReadOnlySpan<T>(source).CopyTo(destination);

    public static void CopyTo<T>(this T[]? source, Memory<T> destination) =>
        new ReadOnlySpan<T>(source).CopyTo(destination.Span);

    public static bool Overlaps<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other)
    {
        if (span.IsEmpty || other.IsEmpty) return false;
        nint distance = Unsafe.ByteOffset(ref span._reference, ref other._reference);
        return distance >= 0
            ? distance < (nint)span.Length * Unsafe.SizeOf<T>()
            : -distance < (nint)other.Length * Unsafe.SizeOf<T>();
    }

    public static bool SequenceEqual<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other) where T : IEquatable<T>?
    {
        if (span.Length != other.Length) return false;
        if (SpanBlocks.IsBitwise<T>())
        {
            return SpanBlocks.BytesEqual(
                ref Unsafe.As<T, byte>(ref span._reference),
                ref Unsafe.As<T, byte>(ref other._reference),
                (nuint)(uint)span.Length * (nuint)Unsafe.SizeOf<T>());
        }
        for (int i = 0; i < span.Length; i++)
        {
            if (!(span[i]?.Equals(other[i]) ?? other[i] is null)) return false;
        }
        return true;
    }

    public static bool SequenceEqual<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other,
        IEqualityComparer<T>? comparer)
    {
        comparer ??= EqualityComparer<T>.Default;
        if (span.Length != other.Length) return false;
        for (int i = 0; i < span.Length; i++)
        {
            if (!comparer.Equals(span[i], other[i])) return false;
        }
        return true;
    }

    public static int SequenceCompareTo<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other) where T : IComparable<T>?
    {
        int shorter = Math.Min(span.Length, other.Length);
        for (int i = 0; i < shorter; i++)
        {
            int order = span[i]?.CompareTo(other[i]) ?? (other[i] is null ? 0 : -1);
            if (order != 0) return order;
        }
        return span.Length.CompareTo(other.Length);
    }

    public static bool StartsWith<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>? =>
        value.Length <= span.Length && span.Slice(0, value.Length).SequenceEqual(value);

    public static bool StartsWith<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>? =>
        span.Length != 0 && (span[0]?.Equals(value) ?? value is null);

    public static bool EndsWith<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>? =>
        value.Length <= span.Length && span.Slice(span.Length - value.Length).SequenceEqual(value);

    public static bool EndsWith<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>? =>
        span.Length != 0 && (span[^1]?.Equals(value) ?? value is null);

    public static void Reverse<T>(this Span<T> span)
    {
        for (int i = 0, j = span.Length - 1; i < j; i++, j--) (span[i], span[j]) = (span[j], span[i]);
    }

    public static void Replace<T>(this Span<T> span, T oldValue, T newValue) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (span[i]?.Equals(oldValue) ?? oldValue is null) span[i] = newValue;
        }
    }

    public static void Sort<T>(this Span<T> span) => Sorting.Sort(span, Comparer<T>.Default);

    public static void Sort<T>(this Span<T> span, Comparison<T> comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        Sorting.Sort(span, Comparer<T>.Create(comparison));
    }

    public static int BinarySearch<T>(this ReadOnlySpan<T> span, IComparable<T> comparable)
    {
        ArgumentNullException.ThrowIfNull(comparable);
        int low = 0, high = span.Length - 1;
        while (low <= high)
        {
            int middle = low + (high - low) / 2;
            int order = comparable.CompareTo(span[middle]);
            if (order == 0) return middle;
            if (order > 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
