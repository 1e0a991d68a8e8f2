namespace System.Collections.Generic;

/// <summary>A counted set of elements to look at.</summary>
public interface IReadOnlyCollection<out T> : IEnumerable<T>
{
    int Count { get; }
}
