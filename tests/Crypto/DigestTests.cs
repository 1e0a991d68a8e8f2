using System;
using System.Security.Cryptography;
using System.Text;
using Bootlace.Crypto;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Crypto;

/// <summary>Protects hashing by the C library: published digests, and .NET's for random messages cut into random
/// pieces.</summary>
public class DigestTests
{
    [Theory]
    [InlineData(HashKind.Md5, "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData(HashKind.Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData(HashKind.Sha224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [InlineData(HashKind.Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(HashKind.Sha384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
        + "8086072ba1e7cc2358baeca134c825a7")]
    [InlineData(HashKind.Sha512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    [InlineData(HashKind.Sha3, "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532")]
    public void AbcHasThePublishedDigest(HashKind algorithm, string expected)
    {
        byte[] target = new byte[HashKinds.DigestBytesMax];
        int length = Digest.Compute(algorithm, "abc"u8, target);
        Assert.Equal(expected, Convert.ToHexStringLower(target.AsSpan(0, length)));
        Assert.Equal(HashKinds.DigestBytesOf(algorithm), length);
    }

    [Theory]
    [InlineData(0, "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a")]
    [InlineData(135, "8094bb53c44cfb1e67b7c30447f9a1c33696d2463ecc1d9c92538913392843c9")]
    [InlineData(136, "3fc5559f14db8e453a0a3091edbd2bc25e11528d81c66fa570a4efdcc2695ee1")]
    [InlineData(137, "f8d6846cedd2ccfadf15c5879ef95af724d799eed7391fb1c91f95344e738614")]
    public void Sha3AroundABlockIsAnotherImplementations(int length, string expected)
    {
        byte[] target = new byte[HashKinds.DigestBytesMax];
        Digest.Compute(HashKind.Sha3, Encoding.ASCII.GetBytes(new string('a', length)), target);
        Assert.Equal(expected, Convert.ToHexStringLower(target.AsSpan(0, 32)));
    }

    [Theory]
    [InlineData(HashKind.Md5, "MD5")]
    [InlineData(HashKind.Sha1, "SHA1")]
    [InlineData(HashKind.Sha256, "SHA256")]
    [InlineData(HashKind.Sha384, "SHA384")]
    [InlineData(HashKind.Sha512, "SHA512")]
    public void RandomMessagesInRandomPiecesGiveWhatDotNetGives(HashKind algorithm, string name)
    {
        Random random = new(7);
        byte[] target = new byte[HashKinds.DigestBytesMax], key = new byte[200];
        using Digest digest = new(algorithm);
        for (int run = 0; run < 200; run++)
        {
            byte[] message = new byte[random.Next(1000)];
            random.NextBytes(message);
            for (ReadOnlySpan<byte> rest = message; rest.Length > 0;)
            {
                int count = random.Next(1, rest.Length + 1);
                digest.Add(rest[..count]);
                rest = rest[count..];
            }

            int length = digest.Finish(target);
            byte[] expected = CryptographicOperations.HashData(new HashAlgorithmName(name), message);
            Assert.Equal(expected, target[..length]);

            int keyLength = random.Next(key.Length);
            random.NextBytes(key.AsSpan(0, keyLength));
            Digest.ComputeHmac(algorithm, key.AsSpan(0, keyLength), message, target);
            expected = CryptographicOperations.HmacData(new HashAlgorithmName(name), key.AsSpan(0, keyLength), message);
            Assert.Equal(expected, target[..length]);
        }
    }
}
