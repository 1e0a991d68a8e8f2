namespace System;

/// <summary>Has an order among anything of its kind.</summary>
public interface IComparable
{
    int CompareTo(object? obj);
}

/// <summary>Has an order.</summary>
public interface IComparable<in T> where T : allows ref struct
{
    int CompareTo(T? other);
}
