using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System;

/// <summary>Text that never changes, in UTF-16. All comparisons are ordinal.</summary>
public sealed partial class String : IComparable, IComparable<string>, IEquatable<string>, IEnumerable<char>
{
    public static bool operator ==(string? a, string? b) => Equals(a, b);

    public static bool operator !=(string? a, string? b) => !Equals(a, b);

    public static implicit operator ReadOnlySpan<char>(string? value) =>
        value is null ? default : new ReadOnlySpan<char>(ref value.RawChars, value.Length);

    public static bool IsNullOrEmpty([NotNullWhen(false)] string? value) => value is null || value.Length == 0;

    public static bool IsNullOrWhiteSpace([NotNullWhen(false)] string? value) =>
        value is null || value.AsSpan().IsWhiteSpace();

    public static bool Equals(string? a, string? b)
    {
        if ((object?)a == b) return true;
        if (a is null || b is null || a.Length != b.Length) return false;
        return SpanBlocks.BytesEqual(
            ref Unsafe.As<char, byte>(ref a.RawChars),
            ref Unsafe.As<char, byte>(ref b.RawChars),
            (nuint)(uint)a.Length * 2);
    }

    public static bool Equals(string? a, string? b, StringComparison comparisonType)
    {
        if (!OrdinalText.IgnoresCase(comparisonType)) return Equals(a, b);
        if ((object?)a == b) return true;
        return a is not null && b is not null && a.Length == b.Length
            && OrdinalText.EqualIgnoreCase(a.AsSpan(), b.AsSpan());
    }

    public bool Equals([NotNullWhen(true)] string? value) => Equals(this, value);

    public bool Equals([NotNullWhen(true)] string? value, StringComparison comparisonType) =>
        Equals(this, value, comparisonType);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is string other && Equals(this, other);

    public override int GetHashCode() => OrdinalText.Hash(this.AsSpan());

    public int GetHashCode(StringComparison comparisonType) =>
        OrdinalText.IgnoresCase(comparisonType) ? OrdinalText.HashIgnoreCase(this.AsSpan()) : GetHashCode();

    public static int GetHashCode(ReadOnlySpan<char> value) => OrdinalText.Hash(value);

    public static int Compare(string? strA, string? strB) => Compare(strA, strB, StringComparison.Ordinal);

    public static int Compare(string? strA, string? strB, StringComparison comparisonType)
    {
        bool ignoreCase = OrdinalText.IgnoresCase(comparisonType);
        if ((object?)strA == strB) return 0;
        if (strA is null) return -1;
        if (strB is null) return 1;
        return OrdinalText.Compare(strA.AsSpan(), strB.AsSpan(), ignoreCase);
    }

    public static int CompareOrdinal(string? strA, string? strB) => Compare(strA, strB, StringComparison.Ordinal);

    public int CompareTo(string? strB) => Compare(this, strB, StringComparison.Ordinal);

    public int CompareTo(object? value) => value is null ? 1
        : value is string other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type String.");

    public override string ToString() => this;

    public string ToString(IFormatProvider? provider) => this;

    public char[] ToCharArray() => this.AsSpan().ToArray();

    public char[] ToCharArray(int startIndex, int length) => this.AsSpan(startIndex, length).ToArray();

    public void CopyTo(Span<char> destination) => this.AsSpan().CopyTo(destination);

    public bool TryCopyTo(Span<char> destination) => this.AsSpan().TryCopyTo(destination);

    public void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count) =>
        this.AsSpan(sourceIndex, count).CopyTo(destination.AsSpan(destinationIndex));

    IEnumerator<char> IEnumerable<char>.GetEnumerator()
    {
        for (int i = 0; i < Length; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<char>)this).GetEnumerator();

    /// <summary>The characters of a new string, to be filled before anyone sees it.</summary>
    internal static Span<char> Room(string fresh) => new(ref fresh.RawChars, fresh.Length);
}
