using System.Collections.Generic;

namespace System;

public sealed partial class String
{
    public string[] Split(char separator, StringSplitOptions options = StringSplitOptions.None) =>
        Split([separator], default, int.MaxValue, options);

    public string[] Split(char separator, int count, StringSplitOptions options = StringSplitOptions.None) =>
        Split([separator], default, count, options);

    public string[] Split(params char[]? separator) => Split(separator, default, int.MaxValue, StringSplitOptions.None);

    public string[] Split(params ReadOnlySpan<char> separator) =>
        Split(separator, default, int.MaxValue, StringSplitOptions.None);

    public string[] Split(char[]? separator, int count) => Split(separator, default, count, StringSplitOptions.None);

    public string[] Split(char[]? separator, StringSplitOptions options) =>
        Split(separator, default, int.MaxValue, options);

    public string[] Split(char[]? separator, int count, StringSplitOptions options) =>
        Split(separator, default, count, options);

    public string[] Split(string? separator, StringSplitOptions options = StringSplitOptions.None) =>
        Split(separator, int.MaxValue, options);

    /// <summary>An empty or null separator leaves the string whole.</summary>
    public string[] Split(string? separator, int count, StringSplitOptions options = StringSplitOptions.None)
    {
        if (IsNullOrEmpty(separator)) return Whole(count, options);
        return Split(default, separator.AsSpan(), count, options);
    }

    // Either one of several characters separates, or one string, or, if neither is given, white space.
    private string[] Split(ReadOnlySpan<char> anyOf, ReadOnlySpan<char> separator, int count,
        StringSplitOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count <= 1 || Length == 0) return Whole(count, options);
        bool trim = (options & StringSplitOptions.TrimEntries) != 0;
        bool skipEmpty = (options & StringSplitOptions.RemoveEmptyEntries) != 0;
        int step = separator.IsEmpty ? 1 : separator.Length;
        var parts = new List<string>();
        ReadOnlySpan<char> rest = this.AsSpan();
        while (true)
        {
            int length = !separator.IsEmpty ? rest.IndexOf(separator) : anyOf.IsEmpty ? IndexOfWhite(rest)
                : rest.IndexOfAny(anyOf);
            ReadOnlySpan<char> part = length < 0 ? rest : rest.Slice(0, length);
            ReadOnlySpan<char> kept = trim ? part.Trim() : part;
            bool dropped = skipEmpty && kept.IsEmpty;
            if (!dropped && length >= 0 && parts.Count == count - 1)
            {
                // The last place takes the rest with its separators.
                parts.Add(new string(trim ? rest.Trim() : rest));
                break;
            }
            if (!dropped) parts.Add(kept.Length == Length ? this : new string(kept));
            if (length < 0) break;
            rest = rest.Slice(length + step);
        }
        return parts.ToArray();
    }

    private string[] Whole(int count, StringSplitOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        string whole = (options & StringSplitOptions.TrimEntries) != 0 ? Trim() : this;
        if (count == 0 || (options & StringSplitOptions.RemoveEmptyEntries) != 0 && whole.Length == 0) return [];
        return [whole];
    }

    private static int IndexOfWhite(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i])) return i;
        }
        return -1;
    }
}
