using System;

namespace Bootlace.San;

/// <summary>A hash that CHAP can be done with (RFC 7143 section 12.1.3, RFC 1994 section 4.1).</summary>
internal readonly struct ChapAlgorithm
{
    /// <summary>All we have, the strongest first.</summary>
    public const string Offer = "8,7,6,5";

    private readonly HashFunction _hash;

    private ChapAlgorithm(HashFunction hash) => _hash = hash;

    /// <summary>Length of a response, and of the challenges we make.</summary>
    public int Bytes => _hash.DigestBytes;

    /// <summary>Finds the algorithm by its number in CHAP_A.</summary>
    public static bool TryGet(ulong number, out ChapAlgorithm algorithm)
    {
        HashFunction? hash = number switch
        {
            5 => HashFunction.Md5,
            6 => HashFunction.Sha1,
            7 => HashFunction.Sha256,
            8 => HashFunction.Sha3,
            _ => null,
        };
        algorithm = hash is null ? default : new ChapAlgorithm(hash);
        return hash is not null;
    }

    /// <summary>The response to a challenge: the hash of identifier, secret and challenge.</summary>
    public byte[] Respond(byte identifier, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> challenge)
    {
        byte[] message = [identifier, .. secret, .. challenge];
        byte[] response = new byte[Bytes];
        _hash.Hash(message, response);
        Array.Clear(message);
        return response;
    }
}
