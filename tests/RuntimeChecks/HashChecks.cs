using System;
using Bootlace.San;
using Bootlace.Wire;

namespace Bootlace.RuntimeChecks;

/// <summary>The hashes of CHAP and the checksum of iSCSI digests, as the firmware's machine computes them: their
/// targets in the scenarios know only some.</summary>
internal static class HashChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Hashes");
        list.Digest("MD5 of 300 messages", 0xf9ef93c50ffb70a0, digest => AddHashes(digest, HashFunction.Md5));
        list.Digest("SHA-1 of 300 messages", 0x7408df12e1b44d35, digest => AddHashes(digest, HashFunction.Sha1));
        list.Digest("SHA-256 of 300 messages", 0x7df3ca6547ae9e73, digest => AddHashes(digest, HashFunction.Sha256));
        list.Digest("SHA3-256 of 300 messages", 0x295497429fbe3a30, digest => AddHashes(digest, HashFunction.Sha3));
        list.Digest("CRC-32C of 300 messages", 0x28f6ab5510562701, digest =>
        {
            var dice = new Dice(4);
            for (int length = 0; length < 300; length++) digest.Add(Crc32c.Of(dice.Bytes(length)));
        });
    }

    private static void AddHashes(Digest digest, HashFunction hash)
    {
        var dice = new Dice(3);
        var target = new byte[HashFunction.DigestBytesMax];
        for (int length = 0; length < 300; length++)
        {
            int countBytes = hash.Hash(dice.Bytes(length), target);
            digest.Add(target.AsSpan(0, countBytes));
        }
    }
}
