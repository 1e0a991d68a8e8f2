namespace System;

/// <summary>Knows what equals it.</summary>
public interface IEquatable<T> where T : allows ref struct
{
    bool Equals(T? other);
}
