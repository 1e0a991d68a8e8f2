using System;

namespace Bootlace.Net;

/// <summary>Unpredictable bytes: transaction ids, ports, initial sequence numbers, keys.</summary>
public interface IEntropy
{
    /// <summary>Fills <paramref name="target"/> whole.</summary>
    void Fill(Span<byte> target);
}
