using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System.Threading.Tasks;

/// <summary>How an <c>await foreach</c> is done.</summary>
public static class TaskAsyncEnumerableExtensions
{
    public static ConfiguredCancelableAsyncEnumerable<T> WithCancellation<T>(this IAsyncEnumerable<T> source,
        CancellationToken cancellationToken) =>
        new(source, cancellationToken);
}
