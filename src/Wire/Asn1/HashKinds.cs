using System;

namespace Bootlace.Wire;

/// <summary>What is known of each <see cref="HashKind"/>.</summary>
public static class HashKinds
{
    /// <summary>The longest digest.</summary>
    public const int DigestBytesMax = 64;

    /// <summary>Length of its digest; 0 for none.</summary>
    public static int DigestBytesOf(HashKind kind) => kind switch
    {
        HashKind.Md4 or HashKind.Md5 => 16,
        HashKind.Sha1 => 20,
        HashKind.Sha224 => 28,
        HashKind.Sha256 or HashKind.Sha3 => 32,
        HashKind.Sha384 => 48,
        HashKind.Sha512 => 64,
        _ => 0,
    };

    /// <summary>Whether a signature may rest on it.</summary>
    public static bool IsStrong(HashKind kind) => kind is HashKind.Sha256 or HashKind.Sha384 or HashKind.Sha512;

    /// <summary>Its name for the user.</summary>
    public static string NameOf(HashKind kind) => kind switch
    {
        HashKind.Md4 => "MD4",
        HashKind.Md5 => "MD5",
        HashKind.Sha1 => "SHA-1",
        HashKind.Sha224 => "SHA-224",
        HashKind.Sha256 => "SHA-256",
        HashKind.Sha384 => "SHA-384",
        HashKind.Sha512 => "SHA-512",
        HashKind.Sha3 => "SHA3-256",
        _ => "an unknown hash",
    };

    /// <summary>The function an object identifier names; <see cref="HashKind.None"/> for all others.</summary>
    public static HashKind FromObjectId(ReadOnlySpan<byte> id)
    {
        if (id.SequenceEqual(ObjectIds.Md5)) return HashKind.Md5;
        if (id.SequenceEqual(ObjectIds.Sha1)) return HashKind.Sha1;
        if (id.Length != ObjectIds.Sha2.Length + 1 || !id.StartsWith(ObjectIds.Sha2)) return HashKind.None;
        return id[^1] switch   // 2.16.840.1.101.3.4.2.n
        {
            1 => HashKind.Sha256,
            2 => HashKind.Sha384,
            3 => HashKind.Sha512,
            4 => HashKind.Sha224,
            _ => HashKind.None,
        };
    }
}
