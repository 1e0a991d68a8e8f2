using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

/// <summary>The equality a type has by itself.</summary>
public abstract class EqualityComparer<T> : IEqualityComparer<T>
{
    public static EqualityComparer<T> Default { get; } = new OwnEqualityComparer<T>();

    public static EqualityComparer<T> Create(Func<T?, T?, bool> equals, Func<T, int>? getHashCode = null)
    {
        ArgumentNullException.ThrowIfNull(equals);
        return new GivenEqualityComparer<T>(equals, getHashCode);
    }

    public abstract bool Equals(T? x, T? y);

    public abstract int GetHashCode([DisallowNull] T obj);
}

/// <summary>IEquatable where the type has it, Object.Equals elsewhere.</summary>
internal sealed class OwnEqualityComparer<T> : EqualityComparer<T>
{
    public override bool Equals(T? x, T? y)
    {
        if (x is null) return y is null;
        if (y is null) return false;
        if (typeof(T).IsValueType)
            return x is IEquatable<T> ? ((IEquatable<T>)x).Equals(y) : x.Equals(y);
        // by far the most common key: spare it the interface look-up
        if (x is string text) return text.Equals(y as string);
        return x is IEquatable<T> own ? own.Equals(y) : x.Equals(y);
    }

    public override int GetHashCode([DisallowNull] T obj) => obj is null ? 0 : obj.GetHashCode();
}

/// <summary>Equality made of two delegates.</summary>
internal sealed class GivenEqualityComparer<T>(Func<T?, T?, bool> equals, Func<T, int>? getHashCode)
    : EqualityComparer<T>
{
    public override bool Equals(T? x, T? y) => equals(x, y);

    public override int GetHashCode([DisallowNull] T obj) =>
        getHashCode is null ? throw new NotSupportedException() : getHashCode(obj);
}
