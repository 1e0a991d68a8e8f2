using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>An async enumerable with the token that calls it off.</summary>
public readonly struct ConfiguredCancelableAsyncEnumerable<T>
{
    private readonly IAsyncEnumerable<T> _source;
    private readonly CancellationToken _stop;

    internal ConfiguredCancelableAsyncEnumerable(IAsyncEnumerable<T> source, CancellationToken stop)
    {
        _source = source;
        _stop = stop;
    }

    public Enumerator GetAsyncEnumerator() => new(_source.GetAsyncEnumerator(_stop));

    /// <summary>The walk.</summary>
    public readonly struct Enumerator
    {
        private readonly IAsyncEnumerator<T> _walk;

        internal Enumerator(IAsyncEnumerator<T> walk) => _walk = walk;

        public T Current => _walk.Current;

        public ConfiguredValueTaskAwaitable<bool> MoveNextAsync() => _walk.MoveNextAsync().ConfigureAwait(true);

        public ConfiguredValueTaskAwaitable DisposeAsync() => _walk.DisposeAsync().ConfigureAwait(true);
    }
}
