using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.San;
using Xunit;
using Reference = System.Security.Cryptography;

namespace Bootlace.Tests.San;

/// <summary>Protects the hash functions of CHAP: the vectors of their RFCs, and .NET's digest at every length around
/// the borders of blocks.</summary>
public class HashFunctionTests
{
    public static TheoryData<string, string, string> Vectors => new()
    {
        { "MD5", "", "d41d8cd98f00b204e9800998ecf8427e" },
        { "MD5", "abc", "900150983cd24fb0d6963f7d28e17f72" },
        { "MD5", "message digest", "f96b697d7cb7938d525a2f31aaf161d0" },
        { "SHA-1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d" },
        {
            "SHA-1", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        },
        { "SHA-256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "SHA3-256", "", "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a" },
        { "SHA3-256", "abc", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532" },
        {   // of another implementation: .NET here may lack SHA-3. A block is 136 bytes.
            "SHA3-256", "135*a", "8094bb53c44cfb1e67b7c30447f9a1c33696d2463ecc1d9c92538913392843c9"
        },
        { "SHA3-256", "136*a", "3fc5559f14db8e453a0a3091edbd2bc25e11528d81c66fa570a4efdcc2695ee1" },
        { "SHA3-256", "137*a", "f8d6846cedd2ccfadf15c5879ef95af724d799eed7391fb1c91f95344e738614" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void KnownDigestsComeOut(string name, string message, string expected)
    {
        int star = message.IndexOf('*');
        string text = star < 0 ? message : new string(message[^1], int.Parse(message[..star], null));
        Assert.Equal(expected, Convert.ToHexStringLower(Digest(Of(name), Encoding.ASCII.GetBytes(text))));
    }

    [Theory]
    [InlineData("MD5")]
    [InlineData("SHA-1")]
    [InlineData("SHA-256")]
    [InlineData("SHA3-256")]
    public void EveryLengthAroundBlockBordersGivesWhatDotNetGives(string name)
    {
        Func<byte[], byte[]> reference = name switch
        {
            "MD5" => Reference.MD5.HashData,
            "SHA-1" => Reference.SHA1.HashData,
            "SHA-256" => Reference.SHA256.HashData,
            _ => Reference.SHA3_256.HashData,
        };
        if (name == "SHA3-256" && !Reference.SHA3_256.IsSupported) return;   // the vectors above stand
        var random = new Random(7143);
        for (int length = 0; length < 600; length++)
        {
            var message = new byte[length];
            random.NextBytes(message);
            Assert.Equal(reference(message), Digest(Of(name), message));
        }
    }

    [Fact]
    public void ADigestIsAsLongAsItSays()
    {
        foreach (HashFunction hash in All)
        {
            var target = new byte[hash.DigestBytes];
            Assert.Equal(target.Length, hash.Hash([], target));
            Assert.InRange(target.Length, 16, HashFunction.DigestBytesMax);
        }
    }

    private static IEnumerable<HashFunction> All =>
        [HashFunction.Md5, HashFunction.Sha1, HashFunction.Sha256, HashFunction.Sha3];

    private static HashFunction Of(string name)
    {
        foreach (HashFunction hash in All)
        {
            if (hash.Name == name) return hash;
        }
        throw new ArgumentException(name);
    }

    private static byte[] Digest(HashFunction hash, byte[] message)
    {
        var digest = new byte[HashFunction.DigestBytesMax];
        return digest[..hash.Hash(message, digest)];
    }
}
