using System.Threading.Tasks;

namespace System.Collections.Generic;

/// <summary>A walk that may have to wait for the next element.</summary>
public interface IAsyncEnumerator<out T> : IAsyncDisposable where T : allows ref struct
{
    T Current { get; }

    ValueTask<bool> MoveNextAsync();
}
