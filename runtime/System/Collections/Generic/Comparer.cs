namespace System.Collections.Generic;

/// <summary>The order a type has by itself.</summary>
public abstract class Comparer<T> : IComparer<T>
{
    public static Comparer<T> Default { get; } = new OwnComparer<T>();

    public static Comparer<T> Create(Comparison<T> comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return new GivenComparer<T>(comparison);
    }

    public abstract int Compare(T? x, T? y);
}

/// <summary>IComparable, generic or not; null comes first.</summary>
internal sealed class OwnComparer<T> : Comparer<T>
{
    public override int Compare(T? x, T? y)
    {
        if (x is null) return y is null ? 0 : -1;
        if (y is null) return 1;
        if (x is IComparable<T>) return ((IComparable<T>)x).CompareTo(y);
        if (x is IComparable own) return own.CompareTo(y);
        if (y is IComparable other) return -other.CompareTo(x);
        throw new ArgumentException("At least one object must implement IComparable.");
    }
}

/// <summary>Order made of a delegate.</summary>
internal sealed class GivenComparer<T>(Comparison<T> comparison) : Comparer<T>
{
    public override int Compare(T? x, T? y) => comparison(x!, y!);
}
