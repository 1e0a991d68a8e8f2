using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>The network interfaces as commands see them.</summary>
public interface INetwork
{
    /// <summary>All of them in index order.</summary>
    IReadOnlyList<IInterface> Interfaces { get; }

    /// <summary>The most recently opened one that is still open: netX; null: none is.</summary>
    IInterface? LastOpened { get; }

    /// <summary>The best address of a host, which may be one as text: four bytes, or sixteen of IPv6.</summary>
    /// <exception cref="Wire.BootFailure">There is none.</exception>
    Task<byte[]> ResolveAsync(string host, CancellationToken stop);
}
