using System;
using Bootlace.Crypto;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A hash that CHAP can be done with (RFC 7143 section 12.1.3, RFC 1994 section 4.1).</summary>
internal readonly struct ChapAlgorithm
{
    /// <summary>All we have, the strongest first.</summary>
    public const string Offer = "8,7,6,5";

    /// <summary>For old targets: LIO before Linux 3.15 refuses every other text than this, and tgt takes 7 for SHA-1
    /// and then refuses the length of our response.</summary>
    public const string OfferToOldTargets = "5";

    private const ulong Md5Number = 5, Sha256Number = 7;

    private readonly HashKind _hash;
    private readonly ulong _number;

    private ChapAlgorithm(HashKind hash, ulong number) => (_hash, _number) = (hash, number);

    /// <summary>The oldest one.</summary>
    public bool IsMd5 => _number == Md5Number;

    /// <summary>The one that is taken for another.</summary>
    public bool IsSha256 => _number == Sha256Number;

    /// <summary>Length of a response, and of the challenges we make.</summary>
    public int Bytes => HashKinds.DigestBytesOf(_hash);

    /// <summary>Finds the algorithm by its number in CHAP_A.</summary>
    public static bool TryGet(ulong number, out ChapAlgorithm algorithm)
    {
        HashKind hash = number switch
        {
            Md5Number => HashKind.Md5,
            6 => HashKind.Sha1,
            Sha256Number => HashKind.Sha256,
            8 => HashKind.Sha3,
            _ => HashKind.None,
        };
        algorithm = new ChapAlgorithm(hash, number);
        return hash != HashKind.None;
    }

    /// <summary>The response to a challenge: the hash of identifier, secret and challenge.</summary>
    public byte[] Respond(byte identifier, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> challenge)
    {
        byte[] message = [identifier, .. secret, .. challenge];
        byte[] response = new byte[Bytes];
        Digest.Compute(_hash, message, response);
        Array.Clear(message);
        return response;
    }
}
