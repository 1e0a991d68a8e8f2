namespace System;

public sealed partial class String
{
    public bool Contains(char value) => IndexOf(value) >= 0;

    public bool Contains(char value, StringComparison comparisonType) => IndexOf(value, comparisonType) >= 0;

    public bool Contains(string value) => IndexOf(value, StringComparison.Ordinal) >= 0;

    public bool Contains(string value, StringComparison comparisonType) => IndexOf(value, comparisonType) >= 0;

    public bool StartsWith(char value) => Length != 0 && this[0] == value;

    public bool StartsWith(string value) => StartsWith(value, StringComparison.Ordinal);

    public bool StartsWith(string value, StringComparison comparisonType)
    {
        ArgumentNullException.ThrowIfNull(value);
        return this.AsSpan().StartsWith(value.AsSpan(), comparisonType);
    }

    public bool EndsWith(char value) => Length != 0 && this[Length - 1] == value;

    public bool EndsWith(string value) => EndsWith(value, StringComparison.Ordinal);

    public bool EndsWith(string value, StringComparison comparisonType)
    {
        ArgumentNullException.ThrowIfNull(value);
        return this.AsSpan().EndsWith(value.AsSpan(), comparisonType);
    }

    public int IndexOf(char value) => SpanBlocks.IndexOfUnit(ref RawChars, value, Length);

    public int IndexOf(char value, int startIndex) => IndexOf(value, startIndex, Length - startIndex);

    public int IndexOf(char value, int startIndex, int count) =>
        From(this.AsSpan(startIndex, count).IndexOf(value), startIndex);

    public int IndexOf(char value, StringComparison comparisonType) => this.AsSpan().IndexOf([value], comparisonType);

    public int IndexOf(string value) => IndexOf(value, 0, StringComparison.Ordinal);

    public int IndexOf(string value, int startIndex) => IndexOf(value, startIndex, StringComparison.Ordinal);

    public int IndexOf(string value, StringComparison comparisonType) => IndexOf(value, 0, comparisonType);

    public int IndexOf(string value, int startIndex, StringComparison comparisonType)
    {
        ArgumentNullException.ThrowIfNull(value);
        return From(this.AsSpan(startIndex).IndexOf(value.AsSpan(), comparisonType), startIndex);
    }

    public int IndexOfAny(char[] anyOf)
    {
        ArgumentNullException.ThrowIfNull(anyOf);
        return this.AsSpan().IndexOfAny(anyOf);
    }

    public int IndexOfAny(char[] anyOf, int startIndex)
    {
        ArgumentNullException.ThrowIfNull(anyOf);
        return From(this.AsSpan(startIndex).IndexOfAny(anyOf), startIndex);
    }

    public int LastIndexOf(char value) => this.AsSpan().LastIndexOf(value);

    /// <summary>Searches from <paramref name="startIndex"/> back to the start.</summary>
    public int LastIndexOf(char value, int startIndex)
    {
        if (Length == 0) return -1;
        if ((uint)startIndex >= (uint)Length) ThrowHelper.ArgumentOutOfRange(nameof(startIndex));
        return this.AsSpan(0, startIndex + 1).LastIndexOf(value);
    }

    public int LastIndexOf(string value) => LastIndexOf(value, StringComparison.Ordinal);

    public int LastIndexOf(string value, StringComparison comparisonType)
    {
        ArgumentNullException.ThrowIfNull(value);
        return OrdinalText.IgnoresCase(comparisonType)
            ? OrdinalText.LastIndexOfIgnoreCase(this.AsSpan(), value.AsSpan())
            : this.AsSpan().LastIndexOf(value.AsSpan());
    }

    public int LastIndexOfAny(char[] anyOf)
    {
        ArgumentNullException.ThrowIfNull(anyOf);
        return this.AsSpan().LastIndexOfAny(anyOf);
    }

    public string Trim() => Part(this.AsSpan().Trim());

    public string TrimStart() => Part(this.AsSpan().TrimStart());

    public string TrimEnd() => Part(this.AsSpan().TrimEnd());

    public string Trim(char trimChar) => Part(this.AsSpan().Trim(trimChar));

    public string TrimStart(char trimChar) => Part(this.AsSpan().TrimStart(trimChar));

    public string TrimEnd(char trimChar) => Part(this.AsSpan().TrimEnd(trimChar));

    public string Trim(params char[]? trimChars) =>
        trimChars is null || trimChars.Length == 0 ? Trim()
            : Part(this.AsSpan().Trim(new ReadOnlySpan<char>(trimChars)));

    public string TrimStart(params char[]? trimChars) =>
        trimChars is null || trimChars.Length == 0 ? TrimStart()
            : Part(this.AsSpan().TrimStart(new ReadOnlySpan<char>(trimChars)));

    public string TrimEnd(params char[]? trimChars) =>
        trimChars is null || trimChars.Length == 0 ? TrimEnd()
            : Part(this.AsSpan().TrimEnd(new ReadOnlySpan<char>(trimChars)));

    private string Part(ReadOnlySpan<char> part) => part.Length == Length ? this : new string(part);

    private static int From(int index, int startIndex) => index < 0 ? -1 : index + startIndex;
}
