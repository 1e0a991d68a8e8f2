using System;
using Bootlace.Net;

namespace Bootlace.Crypto;

/// <summary>What the C library asks of the world.</summary>
public sealed class CryptoPlatform
{
    /// <summary>Its memory.</summary>
    public required INativeMemory Memory { get; init; }

    /// <summary>Its chance.</summary>
    public required IEntropy Entropy { get; init; }

    /// <summary>Seconds since 1970, UTC: what certificates' dates are compared with.</summary>
    public required Func<long> UnixTime { get; init; }

    /// <summary>Running time, for the age of session tickets.</summary>
    public required IClock Clock { get; init; }
}
