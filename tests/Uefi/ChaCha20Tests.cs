using System;
using System.Linq;
using Bootlace.Uefi;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects the random generator: its primitive against RFC 8439, its output against repeating
/// itself.</summary>
public class ChaCha20Tests
{
    [Fact]
    public void TheBlockOfRfc8439Section232ComesOut()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        byte[] nonce = Convert.FromHexString("000000090000004a00000000");
        var block = new byte[64];
        ChaCha20.Block(key, 1, nonce, block);
        Assert.Equal(
            "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e" +
            "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e",
            Convert.ToHexStringLower(block));
    }

    [Fact]
    public void TheAllZeroBlockOfRfc8439AppendixA1ComesOut()
    {
        var block = new byte[64];
        ChaCha20.Block(new byte[32], 0, new byte[12], block);
        Assert.Equal(
            "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7" +
            "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586",
            Convert.ToHexStringLower(block));
    }

    [Fact]
    public void EqualSeedsGiveEqualBytesAndEachAbsorbedByteChangesThem()
    {
        byte[] a = Generate([1, 2, 3], 100), b = Generate([1, 2, 3], 100), c = Generate([1, 2, 4], 100);
        Assert.Equal(a, b);
        Assert.NotEqual(a, c);
        Assert.NotEqual(Generate([1, 2, 3], 32), Generate([1, 2, 3, 0], 32));   // the length counts too
    }

    [Fact]
    public void NoBlockRepeatsWithinALongRequestNorBetweenRequests()
    {
        var generator = new RandomGenerator();
        generator.Absorb([9]);
        var bytes = new byte[8 * 32];
        generator.Fill(bytes.AsSpan(0, 100));
        generator.Fill(bytes.AsSpan(100));
        string[] pieces = [.. bytes.Chunk(16).Select(Convert.ToHexString)];
        Assert.Equal(pieces.Length, pieces.Distinct().Count());
    }

    private static byte[] Generate(byte[] seed, int count)
    {
        var generator = new RandomGenerator();
        generator.Absorb(seed);
        var bytes = new byte[count];
        generator.Fill(bytes);
        return bytes;
    }
}
