namespace System.Collections.Generic;

/// <summary>Elements in an order to look at, reached by index.</summary>
public interface IReadOnlyList<out T> : IReadOnlyCollection<T>
{
    T this[int index] { get; }
}
