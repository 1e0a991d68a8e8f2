using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Bootlace.Harness;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects Zstandard (RFC 8878): what the zstd tool writes, in every way it can, is got back, and nothing
/// that does not fit is believed.</summary>
public class ZstdTests
{
    internal const string Hello = "28b52ffd240529000068656c6c6fa36d9f88";

    /// <summary>766 bytes of words by <c>zstd -19</c>: Huffman-coded literals, and sequences with codes of their own.
    /// </summary>
    internal const string Words =
            "28b52ffd64fe013d060072840d10c0eb80b2b299b6e4ee6537ff7fe99f33b86901cef9851e7e4d23b54192120df607b7"
            + "2e4c09dd82cae139386e7f3da36f6b74b869114ca8a1072948a5fd0c2044801843f31120085d0a4a60c14da8d57a0640"
            + "c4b88c07b6df9499a4289d2d90306acfb6913c21834b85c8547323480e72ab883577f3c64f06a6647c39a532c21a1b55"
            + "ff33bafcc9303ca77237ceacaa31ea313f5acc1a511e10fd7739e259223fc0fd31d288e107dcb5d812d1928efcb3270d"
            + "9820f1980bf2a8344bbb34d946bd4755053ad38524";

    // No literal or one, then a match of three bytes from one byte back; each of the three tables is a single symbol.
    private const string BadMatch = "28b52ffd0058" + "3d0000" + "00" + "01" + "54" + "000200" + "04";
    internal const string GoodMatch = "28b52ffd0058" + "450000" + "0861" + "01" + "54" + "010200" + "04";

    public static TheoryData<string> Ways =>
    [
        "-1", "-3", "-9", "-19", "--ultra -22", "--fast=5", "-3 --no-check", "-12 --long=27",
        "-3 -B131072 --no-content-size",
    ];

    [Theory]
    [InlineData("28b52ffd240001000099e9d851", "")]
    [InlineData(Hello, "hello")]
    [InlineData("28b52ffd200529000068656c6c6f", "hello")]                       // without a checksum
    [InlineData("28b52ffd005829000068656c6c6f", "hello")]                       // nor its length
    [InlineData("28b52ffd0058" + "2a000061", null)]                             // a block of one byte, not the last
    [InlineData("28b52ffd0058" + "2a000061" + "010000", "aaaaa")]
    [InlineData("28b52ffd0058" + "2a000061" + "100000" + "6262" + "0b000063", "aaaaabbc")]
    [InlineData("502a4d1803000000" + "010203" + Hello, "hello")]                // a frame that is skipped
    [InlineData(Hello + "5f2a4d1800000000" + Hello, "hellohello")]
    [InlineData(Hello + "000000", "hello")]
    [InlineData(Hello + "0001", null)]
    [InlineData("28b52ffd210029000068656c6c6f", "hello", "05")]                 // a dictionary number that is 0: none
    [InlineData("28b52ffd210129000068656c6c6f", null, "05")]                    // one that is not
    [InlineData("28b52ffd280529000068656c6c6f", null)]                          // a flag that there is not
    [InlineData("28b52ffd200629000068656c6c6f", null)]                          // another length
    [InlineData("28b52ffd200429000068656c6c6f", null)]
    [InlineData("28b52ffd00582f000068656c6c6f", null)]                          // a kind of block that there is not
    [InlineData("28b52ffd005829000068656c6c", null)]
    [InlineData("28b52ffd00d829000068656c6c6f", null)]                          // a window of 128 GiB
    [InlineData("502a4d18ffffffff00", null)]
    public void FramesAreReadAsTheyAreWritten(string file, string? expected, string? length = null)
    {
        if (length is not null) file = file[..12] + length + file[12..];
        byte[] content = ArchiveSamples.Read(new ZstdReader(Convert.FromHexString(file)), out ParseError error);
        Assert.Equal(expected is null, error != ParseError.None);
        if (expected is not null) Assert.Equal(expected, Text(content));
    }

    [Fact]
    public void WordsAreReadBack()
    {
        var reader = new ZstdReader(Convert.FromHexString(Words));
        Assert.Equal(766u, reader.SizeBytes);
        Assert.Equal(
            "8cb2f3f834a4157b3018154796c27030b663267573d593fe0a18526025f67a99",
            Convert.ToHexStringLower(SHA256.HashData(ArchiveSamples.Read(reader))));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void WhatTheToolCompressesIsReadBack(string way)
    {
        foreach (byte[] content in Contents())
        {
            byte[] file = Compress(content, way);
            var reader = new ZstdReader(file);
            Assert.Equal(way.Contains("no-content-size"), reader.SizeBytes is null);
            Assert.True(content.AsSpan().SequenceEqual(ArchiveSamples.Read(reader)), $"{content.Length} bytes");
        }
    }

    [Fact]
    public void FramesOfSeveralKindsFollowEachOther()
    {
        byte[] one = ArchiveSamples.Text(500_000), two = ArchiveSamples.Text(300_000, seed: 2);
        var reader = new ZstdReader((byte[])[.. Compress(one, "-1"), .. Compress(two, "--ultra -22")]);
        Assert.Equal(800_000u, reader.SizeBytes);
        Assert.Equal([.. one, .. two], ArchiveSamples.Read(reader));
    }

    [Fact]
    public void X4_NoFlippedBitGoesUnnoticed()
    {
        byte[] words = Convert.FromHexString(Words);
        byte[] content = ArchiveSamples.Read(new ZstdReader(words));
        for (int bit = 0; bit < words.Length * 8; bit++)
        {
            byte[] flipped = (byte[])words.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            byte[] read = ArchiveSamples.Read(new ZstdReader(flipped), out ParseError error);
            // Without the flag for it there is no checksum, but four bytes too many; one flag means nothing.
            if (error == ParseError.None) Assert.Equal(content, read);
        }
        for (int length = 0; length < words.Length; length++)
        {
            ArchiveSamples.Read(new ZstdReader(words[..length]), out ParseError error);
            Assert.NotEqual(ParseError.None, error);
        }
    }

    [Fact]
    public void X4_AMatchReachesNeitherIntoTheFrameBeforeNorBeyondTheWindow()
    {
        byte[] first = Convert.FromHexString(Hello), bad = Convert.FromHexString(BadMatch);
        ArchiveSamples.Read(new ZstdReader((byte[])[.. first, .. bad]), out ParseError error);
        Assert.Equal(ParseError.BadCode, error);
        byte[] good = Convert.FromHexString(GoodMatch);
        Assert.Equal("hello" + "aaaa", Text(ArchiveSamples.Read(new ZstdReader((byte[])[.. first, .. good]))));
    }

    [Theory]
    [InlineData("08", ParseError.None)]         // a window of 2 KiB
    [InlineData("00", ParseError.BadCode)]      // of 1 KiB, and a match from 1500 bytes back
    public void X4_NoMatchReachesBeyondTheWindowThatWasAnnounced(string window, ParseError expected)
    {
        const string Blocks = "02200061" + "02200061" + "4d0000" + "0861" + "01" + "54" + "010a00" + "df05";
        byte[] file = Convert.FromHexString("28b52ffd00" + window + Blocks);
        ArchiveSamples.Read(new ZstdReader(file), out ParseError error);
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("04", ParseError.None)]
    [InlineData("08", ParseError.BadCode)]      // a bit too many
    [InlineData("02", ParseError.BadCode)]      // a bit too few
    [InlineData("00", ParseError.BadCode)]      // none that says where they end
    public void X4_SequencesUseAllBitsAndNoMore(string last, ParseError expected)
    {
        ArchiveSamples.Read(new ZstdReader(Convert.FromHexString(GoodMatch[..^2] + last)), out ParseError error);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void X4_ABombSaysHowLongItGets()
    {
        byte[] bomb = Compress(new byte[50_000_000], "-19");
        Assert.True(bomb.Length < 10_000);
        Assert.Equal(50_000_000u, new ZstdReader(bomb).SizeBytes);
    }

    internal static byte[] Compress(byte[] content, string way)
    {
        string folder = Directory.CreateTempSubdirectory("bootlace-zstd").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "content"), content);
            Tool.Require("zstd", ["-q", .. way.Split(' '), "content"], folder);
            return File.ReadAllBytes(Path.Combine(folder, "content.zst"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Everything that makes an encoder choose otherwise: nothing, one byte, runs, noise, words, and text long
    /// enough for many blocks.</summary>
    private static IEnumerable<byte[]> Contents()
    {
        byte[] noise = new byte[200_000];
        new Random(7).NextBytes(noise);
        return
        [
            [], [1], [1, 2], new byte[1000], new byte[400_000], noise, [.. noise, .. noise],
            ArchiveSamples.Text(100), ArchiveSamples.Text(20_000), ArchiveSamples.Text(2_000_000),
            ArchiveSamples.Read(new ZstdReader(Convert.FromHexString(Words))),
            File.ReadAllBytes(typeof(ZstdTests).Assembly.Location),
        ];
    }

    private static string Text(byte[] bytes) => string.Concat(bytes.Select(it => (char)it));
}
