using System;

namespace Bootlace.San;

/// <summary>A hash function, for CHAP to choose from.</summary>
public abstract class HashFunction
{
    /// <summary>The longest digest of all.</summary>
    public const int DigestBytesMax = 32;

    /// <summary>MD5 (RFC 1321).</summary>
    public static readonly HashFunction Md5 = new Md5();

    /// <summary>SHA-1 (RFC 3174).</summary>
    public static readonly HashFunction Sha1 = new Sha1();

    /// <summary>SHA-256 (FIPS 180-4).</summary>
    public static readonly HashFunction Sha256 = new Sha256();

    /// <summary>SHA3-256 (FIPS 202).</summary>
    public static readonly HashFunction Sha3 = new Sha3();

    /// <summary>Its name.</summary>
    public abstract string Name { get; }

    /// <summary>Length of its digest.</summary>
    public abstract int DigestBytes { get; }

    /// <summary>Writes the message's digest; returns its length.</summary>
    public abstract int Hash(ReadOnlySpan<byte> message, Span<byte> digest);
}
