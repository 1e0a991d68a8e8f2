namespace System;

/// <summary>Comparing characters by number, with or without regard to case.</summary>
internal static class OrdinalText
{
    public static bool IgnoresCase(StringComparison comparison)
    {
        if ((uint)comparison > (uint)StringComparison.OrdinalIgnoreCase)
            throw new ArgumentException("The string comparison type passed in is currently not supported.",
                "comparisonType");
        return ((int)comparison & 1) != 0;
    }

    /// <summary>Both have the same length.</summary>
    public static bool EqualIgnoreCase(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] != b[i] && char.ToUpperInvariant(a[i]) != char.ToUpperInvariant(b[i])) return false;
        }
        return true;
    }

    public static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b, bool ignoreCase)
    {
        int shorter = Math.Min(a.Length, b.Length);
        for (int i = 0; i < shorter; i++)
        {
            if (a[i] == b[i]) continue;
            int order = ignoreCase ? char.ToUpperInvariant(a[i]) - char.ToUpperInvariant(b[i]) : a[i] - b[i];
            if (order != 0) return order;
        }
        return a.Length - b.Length;
    }

    public static int IndexOfIgnoreCase(ReadOnlySpan<char> text, ReadOnlySpan<char> value)
    {
        for (int start = 0; start <= text.Length - value.Length; start++)
        {
            if (EqualIgnoreCase(text.Slice(start, value.Length), value)) return start;
        }
        return -1;
    }

    public static int LastIndexOfIgnoreCase(ReadOnlySpan<char> text, ReadOnlySpan<char> value)
    {
        for (int start = text.Length - value.Length; start >= 0; start--)
        {
            if (EqualIgnoreCase(text.Slice(start, value.Length), value)) return start;
        }
        return -1;
    }

    /// <summary>FNV-1a over the code units: .NET promises no particular values.</summary>
    public static int Hash(ReadOnlySpan<char> text)
    {
        uint hash = 2166136261;
        for (int i = 0; i < text.Length; i++) hash = (hash ^ text[i]) * 16777619;
        return (int)hash;
    }

    public static int HashIgnoreCase(ReadOnlySpan<char> text)
    {
        uint hash = 2166136261;
        for (int i = 0; i < text.Length; i++) hash = (hash ^ char.ToUpperInvariant(text[i])) * 16777619;
        return (int)hash;
    }
}
