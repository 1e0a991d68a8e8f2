using System.Runtime.CompilerServices;

namespace System;

public static partial class MemoryExtensions
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        if (typeof(T) == typeof(byte))
            return SpanBlocks.IndexOfByte(ref Unsafe.As<T, byte>(ref span._reference), Unsafe.As<T, byte>(ref value),
                span.Length);
        if (typeof(T) == typeof(char))
            return SpanBlocks.IndexOfUnit(ref Unsafe.As<T, char>(ref span._reference), Unsafe.As<T, char>(ref value),
                span.Length);
        return IndexOfAnyKind(span, value);
    }

    public static int IndexOf<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
    {
        if (value.IsEmpty) return 0;
        int last = span.Length - value.Length;
        int start = 0;
        while (start <= last)
        {
            int skip = span.Slice(start, last - start + 1).IndexOf(value[0]);
            if (skip < 0) return -1;
            start += skip;
            if (span.Slice(start, value.Length).SequenceEqual(value)) return start;
            start++;
        }
        return -1;
    }

    public static int LastIndexOf<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        for (int i = span.Length - 1; i >= 0; i--)
        {
            if (Same(span[i], value)) return i;
        }
        return -1;
    }

    public static int LastIndexOf<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
    {
        for (int start = span.Length - value.Length; start >= 0; start--)
        {
            if (span.Slice(start, value.Length).SequenceEqual(value)) return start;
        }
        return -1;
    }

    public static int IndexOfAny<T>(this ReadOnlySpan<T> span, T value0, T value1) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (Same(span[i], value0) || Same(span[i], value1)) return i;
        }
        return -1;
    }

    public static int IndexOfAny<T>(this ReadOnlySpan<T> span, T value0, T value1, T value2) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (Same(span[i], value0) || Same(span[i], value1) || Same(span[i], value2)) return i;
        }
        return -1;
    }

    public static int IndexOfAny<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> values) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (values.Contains(span[i])) return i;
        }
        return -1;
    }

    public static int LastIndexOfAny<T>(this ReadOnlySpan<T> span, T value0, T value1) where T : IEquatable<T>?
    {
        for (int i = span.Length - 1; i >= 0; i--)
        {
            if (Same(span[i], value0) || Same(span[i], value1)) return i;
        }
        return -1;
    }

    public static int LastIndexOfAny<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> values) where T : IEquatable<T>?
    {
        for (int i = span.Length - 1; i >= 0; i--)
        {
            if (values.Contains(span[i])) return i;
        }
        return -1;
    }

    public static int IndexOfAnyExcept<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (!Same(span[i], value)) return i;
        }
        return -1;
    }

    public static int IndexOfAnyExcept<T>(this ReadOnlySpan<T> span, T value0, T value1) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (!Same(span[i], value0) && !Same(span[i], value1)) return i;
        }
        return -1;
    }

    public static int IndexOfAnyExcept<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> values) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (!values.Contains(span[i])) return i;
        }
        return -1;
    }

    public static int LastIndexOfAnyExcept<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        for (int i = span.Length - 1; i >= 0; i--)
        {
            if (!Same(span[i], value)) return i;
        }
        return -1;
    }

    public static int IndexOfAnyInRange<T>(this ReadOnlySpan<T> span, T lowInclusive, T highInclusive)
        where T : IComparable<T>
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (span[i].CompareTo(lowInclusive) >= 0 && span[i].CompareTo(highInclusive) <= 0) return i;
        }
        return -1;
    }

    public static int IndexOfAnyExceptInRange<T>(this ReadOnlySpan<T> span, T lowInclusive, T highInclusive)
        where T : IComparable<T>
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (span[i].CompareTo(lowInclusive) < 0 || span[i].CompareTo(highInclusive) > 0) return i;
        }
        return -1;
    }

    public static bool Contains<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>? =>
        span.IndexOf(value) >= 0;

    public static bool ContainsAny<T>(this ReadOnlySpan<T> span, T value0, T value1) where T : IEquatable<T>? =>
        span.IndexOfAny(value0, value1) >= 0;

    public static bool ContainsAny<T>(this ReadOnlySpan<T> span, T value0, T value1, T value2)
        where T : IEquatable<T>? =>
        span.IndexOfAny(value0, value1, value2) >= 0;

    public static bool ContainsAny<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> values) where T : IEquatable<T>? =>
        span.IndexOfAny(values) >= 0;

    public static bool ContainsAnyExcept<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>? =>
        span.IndexOfAnyExcept(value) >= 0;

    public static bool ContainsAnyExcept<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> values)
        where T : IEquatable<T>? =>
        span.IndexOfAnyExcept(values) >= 0;

    public static bool ContainsAnyInRange<T>(this ReadOnlySpan<T> span, T low, T high) where T : IComparable<T> =>
        span.IndexOfAnyInRange(low, high) >= 0;

    public static bool ContainsAnyExceptInRange<T>(this ReadOnlySpan<T> span, T low, T high) where T : IComparable<T> =>
        span.IndexOfAnyExceptInRange(low, high) >= 0;

    public static int Count<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        int count = 0;
        for (int i = 0; i < span.Length; i++)
        {
            if (Same(span[i], value)) count++;
        }
        return count;
    }

    public static int Count<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
    {
        if (value.IsEmpty) return 0;
        int count = 0;
        for (int at = span.IndexOf(value); at >= 0; at = span.IndexOf(value))
        {
            count++;
            span = span.Slice(at + value.Length);
        }
        return count;
    }

    public static int CommonPrefixLength<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other)
    {
        int shorter = Math.Min(span.Length, other.Length);
        for (int i = 0; i < shorter; i++)
        {
            if (!Collections.Generic.EqualityComparer<T>.Default.Equals(span[i], other[i])) return i;
        }
        return shorter;
    }

    private static int IndexOfAnyKind<T>(ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (Same(span[i], value)) return i;
        }
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Same<T>(T a, T b) where T : IEquatable<T>? => a is null ? b is null : a.Equals(b);
}
