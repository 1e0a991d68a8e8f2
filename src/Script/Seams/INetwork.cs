using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>The network interfaces as commands see them.</summary>
public interface INetwork
{
    /// <summary>All of them in index order.</summary>
    IReadOnlyList<IInterface> Interfaces { get; }

    /// <summary>The most recently opened one that is still open: netX; null: none is.</summary>
    IInterface? LastOpened { get; }
}
