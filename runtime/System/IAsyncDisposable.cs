using System.Threading.Tasks;

namespace System;

/// <summary>Gives something back when told, and may have to wait for it.</summary>
public interface IAsyncDisposable
{
    ValueTask DisposeAsync();
}
