using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace System;

/// <summary>Equality and order of strings, by character number.</summary>
public abstract class StringComparer : IComparer<string?>, IEqualityComparer<string?>
{
    public static StringComparer Ordinal { get; } = new OrdinalComparer(ignoreCase: false);

    public static StringComparer OrdinalIgnoreCase { get; } = new OrdinalComparer(ignoreCase: true);

    public abstract int Compare(string? x, string? y);

    public abstract bool Equals(string? x, string? y);

    public abstract int GetHashCode(string obj);

    private sealed class OrdinalComparer(bool ignoreCase) : StringComparer
    {
        private readonly StringComparison _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase
            : StringComparison.Ordinal;

        public override int Compare(string? x, string? y) => string.Compare(x, y, _comparison);

        public override bool Equals(string? x, string? y) => string.Equals(x, y, _comparison);

        public override int GetHashCode(string obj)
        {
            ArgumentNullException.ThrowIfNull(obj);
            return obj.GetHashCode(_comparison);
        }
    }
}
