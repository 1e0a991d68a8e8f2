namespace System;

public static partial class MemoryExtensions
{
    public static ReadOnlySpan<char> Trim(this ReadOnlySpan<char> span) => span.TrimStart().TrimEnd();

    public static ReadOnlySpan<char> TrimStart(this ReadOnlySpan<char> span)
    {
        int start = 0;
        while (start < span.Length && char.IsWhiteSpace(span[start])) start++;
        return span.Slice(start);
    }

    public static ReadOnlySpan<char> TrimEnd(this ReadOnlySpan<char> span)
    {
        int end = span.Length;
        while (end > 0 && char.IsWhiteSpace(span[end - 1])) end--;
        return span.Slice(0, end);
    }

    public static ReadOnlySpan<T> Trim<T>(this ReadOnlySpan<T> span, T trimElement) where T : IEquatable<T>? =>
        span.TrimStart(trimElement).TrimEnd(trimElement);

    public static ReadOnlySpan<T> TrimStart<T>(this ReadOnlySpan<T> span, T trimElement) where T : IEquatable<T>?
    {
        int start = 0;
        while (start < span.Length && Same(span[start], trimElement)) start++;
        return span.Slice(start);
    }

    public static ReadOnlySpan<T> TrimEnd<T>(this ReadOnlySpan<T> span, T trimElement) where T : IEquatable<T>?
    {
        int end = span.Length;
        while (end > 0 && Same(span[end - 1], trimElement)) end--;
        return span.Slice(0, end);
    }

    public static ReadOnlySpan<T> Trim<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> trimElements)
        where T : IEquatable<T>? =>
        span.TrimStart(trimElements).TrimEnd(trimElements);

    public static ReadOnlySpan<T> TrimStart<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> trimElements)
        where T : IEquatable<T>?
    {
        int start = 0;
        while (start < span.Length && trimElements.Contains(span[start])) start++;
        return span.Slice(start);
    }

    public static ReadOnlySpan<T> TrimEnd<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> trimElements)
        where T : IEquatable<T>?
    {
        int end = span.Length;
        while (end > 0 && trimElements.Contains(span[end - 1])) end--;
        return span.Slice(0, end);
    }

    public static bool IsWhiteSpace(this ReadOnlySpan<char> span)
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (!char.IsWhiteSpace(span[i])) return false;
        }
        return true;
    }

    public static bool Equals(this ReadOnlySpan<char> span, ReadOnlySpan<char> other,
        StringComparison comparisonType) =>
        OrdinalText.IgnoresCase(comparisonType)
            ? span.Length == other.Length && OrdinalText.EqualIgnoreCase(span, other)
            : span.SequenceEqual(other);

    public static int CompareTo(this ReadOnlySpan<char> span, ReadOnlySpan<char> other,
        StringComparison comparisonType) =>
        OrdinalText.Compare(span, other, OrdinalText.IgnoresCase(comparisonType));

    public static bool Contains(this ReadOnlySpan<char> span, ReadOnlySpan<char> value,
        StringComparison comparisonType) =>
        span.IndexOf(value, comparisonType) >= 0;

    public static int IndexOf(this ReadOnlySpan<char> span, ReadOnlySpan<char> value,
        StringComparison comparisonType) =>
        OrdinalText.IgnoresCase(comparisonType) ? OrdinalText.IndexOfIgnoreCase(span, value) : span.IndexOf(value);

    public static bool StartsWith(this ReadOnlySpan<char> span, ReadOnlySpan<char> value,
        StringComparison comparisonType) =>
        value.Length <= span.Length && span.Slice(0, value.Length).Equals(value, comparisonType);

    public static bool EndsWith(this ReadOnlySpan<char> span, ReadOnlySpan<char> value,
        StringComparison comparisonType) =>
        value.Length <= span.Length && span.Slice(span.Length - value.Length).Equals(value, comparisonType);

    public static int ToLowerInvariant(this ReadOnlySpan<char> source, Span<char> destination)
    {
        if (destination.Length < source.Length) return -1;
        for (int i = 0; i < source.Length; i++) destination[i] = char.ToLowerInvariant(source[i]);
        return source.Length;
    }

    public static int ToUpperInvariant(this ReadOnlySpan<char> source, Span<char> destination)
    {
        if (destination.Length < source.Length) return -1;
        for (int i = 0; i < source.Length; i++) destination[i] = char.ToUpperInvariant(source[i]);
        return source.Length;
    }

    /// <summary>Walks the parts between separators without allocating.</summary>
    public static SpanSplitEnumerator<T> Split<T>(this ReadOnlySpan<T> source, T separator) where T : IEquatable<T> =>
        new(source, separator);

    /// <summary>Writes the ranges of the parts between separators; the last range takes the rest. Returns how
    /// many.</summary>
    public static int Split(this ReadOnlySpan<char> source, Span<Range> destination, char separator,
        StringSplitOptions options = StringSplitOptions.None)
    {
        bool trim = (options & StringSplitOptions.TrimEntries) != 0;
        bool skipEmpty = (options & StringSplitOptions.RemoveEmptyEntries) != 0;
        int count = 0, start = 0;
        while (count < destination.Length)
        {
            int length = source.Slice(start).IndexOf(separator);
            bool last = length < 0 || destination.Length == 1;   // a single slot takes everything as it is
            int end = last ? source.Length : start + length;
            // The last slot takes everything left; empty parts in front of it are dropped first where asked for.
            if (count == destination.Length - 1 && !(skipEmpty && IsBlank(source[start..end], trim)))
            {
                end = source.Length;
                last = true;
            }
            int from = start, to = end;
            if (trim)
            {
                while (from < to && char.IsWhiteSpace(source[from])) from++;
                while (to > from && char.IsWhiteSpace(source[to - 1])) to--;
            }
            if (from < to || !skipEmpty) destination[count++] = from..to;
            if (last) break;
            start = end + 1;
        }
        return count;
    }

    private static bool IsBlank(ReadOnlySpan<char> part, bool trim) => trim ? part.IsWhiteSpace() : part.IsEmpty;

    /// <summary>The parts of a span between separators, as ranges.</summary>
    public ref struct SpanSplitEnumerator<T> where T : IEquatable<T>
    {
        private readonly T _separator;
        private int _start;
        private int _end;
        private int _next;

        internal SpanSplitEnumerator(ReadOnlySpan<T> source, T separator)
        {
            Source = source;
            _separator = separator;
        }

        public readonly ReadOnlySpan<T> Source { get; }

        public readonly Range Current => new(_start, _end);

        public readonly SpanSplitEnumerator<T> GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next > Source.Length) return false;
            _start = _next;
            int length = Source.Slice(_start).IndexOf(_separator);
            _end = length < 0 ? Source.Length : _start + length;
            _next = _end + 1;
            return true;
        }
    }
}
