using System;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.RuntimeChecks;

/// <summary>The C library's hashes and the checksum of iSCSI digests, as the firmware's machine computes them: C code
/// linked into the image, its memory and C#'s calls of it.</summary>
internal static class HashChecks
{
    private const int ArenaBytes = 1024 * 1024;

    public static void Register(CheckList list)
    {
        list.Group("Hashes");
        CLibrary.Provide(new CryptoPlatform
        {
            Memory = new Arena(countBytes => new HeldPages(countBytes), ArenaBytes),
            Entropy = new DiceEntropy(),
            UnixTime = () => 0,
            Clock = new StoppedClock(),
        });
        list.Add("SHA-256 of abc by C code", () => Expect.Equal(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", HexOfAbc()));
        list.Add("random numbers by C code", () => Expect.Equal(false, HexOfChance() == HexOfChance()));
        list.Add("a TLS session begins with a client's hello", () => Expect.Equal(true, LengthOfHello() > 100));
        list.Digest("MD5 of 300 messages", 0xf9ef93c50ffb70a0, digest => AddHashes(digest, HashKind.Md5));
        list.Digest("SHA-1 of 300 messages", 0x7408df12e1b44d35, digest => AddHashes(digest, HashKind.Sha1));
        list.Digest("SHA-256 of 300 messages", 0x7df3ca6547ae9e73, digest => AddHashes(digest, HashKind.Sha256));
        list.Digest("SHA3-256 of 300 messages", 0x295497429fbe3a30, digest => AddHashes(digest, HashKind.Sha3));
        list.Digest("CRC-32C of 300 messages", 0x28f6ab5510562701, digest =>
        {
            var dice = new Dice(4);
            for (int length = 0; length < 300; length++) digest.Add(Crc32c.Of(dice.Bytes(length)));
        });
    }

    private static string HexOfAbc()
    {
        using var digest = new Bootlace.Crypto.Digest(HashKind.Sha256);
        digest.Add("a"u8);
        digest.Add("bc"u8);
        var target = new byte[HashKinds.DigestBytesMax];
        return Convert.ToHexString(target, 0, digest.Finish(target)).ToLowerInvariant();
    }

    private static string HexOfChance()
    {
        var target = new byte[32];
        RandomBytes.Fill(target);
        return Convert.ToHexString(target);
    }

    private static int LengthOfHello()
    {
        using var options = new TlsOptions(isAesFaster: true, "http/1.1");
        using var session = new TlsSession(options, "boot.example");
        Expect.Equal((int)TlsStep.NeedsInput, (int)session.Handshake());
        return session.Output.Length;
    }

    private static void AddHashes(Digest digest, HashKind algorithm)
    {
        var dice = new Dice(3);
        var target = new byte[HashKinds.DigestBytesMax];
        for (int length = 0; length < 300; length++)
        {
            int countBytes = Bootlace.Crypto.Digest.Compute(algorithm, dice.Bytes(length), target);
            digest.Add(target.AsSpan(0, countBytes));
        }
    }

    private sealed class DiceEntropy : IEntropy
    {
        private readonly Dice _dice = new(5);

        public void Fill(Span<byte> target) => _dice.Bytes(target.Length).CopyTo(target);
    }

    private sealed class StoppedClock : IClock
    {
        public Instant Now => default;

        public void Rest(Instant deadline) { }
    }
}
