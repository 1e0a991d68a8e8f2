using System;

namespace Bootlace.Tls;

/// <summary>Who we are to servers that ask, as files hold it, in PEM or DER; both empty: nobody.</summary>
/// <param name="Certificates">The certificate, with those that lead to its authority behind it.</param>
/// <param name="Key">Its private key.</param>
public readonly record struct OwnFiles(byte[] Certificates, byte[] Key)
{
    /// <summary>Nobody.</summary>
    public static readonly OwnFiles None = new([], []);

    /// <summary>There is nothing.</summary>
    public bool IsEmpty => Certificates.Length == 0 && Key.Length == 0;

    /// <summary>The same bytes.</summary>
    public bool IsSame(OwnFiles other) =>
        Certificates.AsSpan().SequenceEqual(other.Certificates) && Key.AsSpan().SequenceEqual(other.Key);
}
