namespace System.Collections.Generic;

/// <summary>Something <c>foreach</c> can walk.</summary>
public interface IEnumerable<out T> : IEnumerable where T : allows ref struct
{
    new IEnumerator<T> GetEnumerator();
}
