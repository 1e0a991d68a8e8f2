using System.Threading;

namespace System.Collections.Generic;

/// <summary>Something <c>await foreach</c> can walk.</summary>
public interface IAsyncEnumerable<out T> where T : allows ref struct
{
    IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default);
}
