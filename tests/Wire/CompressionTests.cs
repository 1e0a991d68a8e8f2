using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects decompression: what .NET compresses is got back, and nothing else is believed.</summary>
public class CompressionTests
{
    public static TheoryData<CompressionLevel> Levels =>
    [
        CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal,
        CompressionLevel.SmallestSize,
    ];

    [Theory]
    [MemberData(nameof(Levels))]
    public void WhatDotNetCompressesIsReadBack(CompressionLevel level)
    {
        foreach (byte[] content in Contents())
        {
            byte[] stream = Deflate(content, level);
            var output = new byte[content.Length];
            Assert.True(Inflate.TryRead([.. stream, 1, 2, 3], output, out int usedBytes, out ParseError error));
            Assert.Equal((ParseError.None, stream.Length), (error, usedBytes));
            Assert.Equal(content, output);

            Array.Clear(output);
            Assert.True(Zlib.TryRead(Compress(content, level), output, out error), $"{error}");
            Assert.Equal(content, output);
        }
    }

    [Theory]
    [InlineData("010000ffff", "")]                               // stored, nothing in it
    [InlineData("010300fcff616263", "616263")]                   // stored
    [InlineData("000100feff61010200fdff6263", "616263")]         // two stored blocks
    [InlineData("0300", "")]                                     // fixed codes, the end at once
    [InlineData("4b040000", "61", false)]                        // one byte of zeroes too many is not used
    [InlineData("4b4c4a0600", "616263")]                         // fixed codes
    [InlineData("4b4c0100", null)]                               // a length without a distance that may be
    public void BlocksOfEachKindAreRead(string stream, string? expected, bool isWhole = true)
    {
        byte[] bytes = Convert.FromHexString(stream), content = Convert.FromHexString(expected ?? "");
        var output = new byte[content.Length];
        bool isRead = Inflate.TryRead(bytes, output, out int usedBytes, out _);
        Assert.Equal(expected is not null, isRead);
        if (!isRead) return;
        Assert.Equal(content, output);
        Assert.Equal(isWhole, usedBytes == bytes.Length);
    }

    [Fact]
    public void ALengthThatIsNotTheStreamsIsRefused()
    {
        byte[] stream = Deflate(new byte[1000], CompressionLevel.Optimal);
        foreach (int length in (int[])[0, 1, 999, 1001, 100_000])
        {
            Assert.False(Inflate.TryRead(stream, new byte[length], out int usedBytes, out ParseError error));
            Assert.Equal((ParseError.BadLength, 0), (error, usedBytes));
        }
    }

    [Fact]
    public void X4_AMatchFromBeforeTheStartIsRefused()
    {
        // fixed codes: one 'a', then three bytes from 2 back; then as it may be, from 1 back
        Assert.False(Inflate.TryRead(Bits("1 10 10010001 0000001 00001 0000000"), new byte[4], out _, out var error));
        Assert.Equal(ParseError.BadLength, error);
        var output = new byte[4];
        Assert.True(Inflate.TryRead(Bits("1 10 10010001 0000001 00000 0000000"), output, out _, out _));
        Assert.Equal("aaaa"u8.ToArray(), output);
    }

    [Fact]
    public void X4_ARunOf258AtTheStartIsRefused()
    {
        Assert.False(Inflate.TryRead(Bits("1 10 11000101 00000 0000000"), new byte[258], out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
        var output = new byte[259];
        Assert.True(Inflate.TryRead(Bits("1 10 10010001 11000101 00000 0000000"), output, out _, out _));
        Assert.All(output, value => Assert.Equal((byte)'a', value));
    }

    [Theory]
    [InlineData("1 11", ParseError.BadKind)]                                       // a kind of block there is not
    [InlineData("1 00 00000 1000000000000000 1111111111111111", ParseError.BadLength)]   // length and complement
    [InlineData("1 10 11000110 00000 00000000", ParseError.BadCode)]               // length symbol 286
    [InlineData("1 10 10010001 0000001 11110 00000000", ParseError.BadCode)]       // distance symbol 30
    [InlineData("1 01 11110 00000 0000 00000000000000000000", ParseError.BadCode)] // 287 literal codes
    [InlineData("1 01 00000 11110 0000 00000000000000000000", ParseError.BadCode)] // 31 distance codes
    [InlineData("1 01 00000 00000 0000 100100100100", ParseError.BadCode)]         // four codes of one bit
    [InlineData("1 01 00000 00000 0000 010000000000 00000000", ParseError.BadCode)]// one code of two bits
    public void DamagedBlocksAreRefused(string bits, ParseError expected)
    {
        Assert.False(Inflate.TryRead([.. Bits(bits), 0, 0, 0, 0], new byte[300], out _, out ParseError error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void EveryTruncationAndEveryBitFlipIsNoticed(CompressionLevel level)
    {
        byte[] content = [.. Contents()[^1].AsSpan(0, 700)];
        byte[] stream = Compress(content, level);
        var output = new byte[content.Length];
        for (int length = 0; length < stream.Length; length++)
            Assert.False(Zlib.TryRead(stream.AsSpan(0, length), output, out _));
        for (int bit = 0; bit < stream.Length * 8; bit++)
        {
            byte[] flipped = [.. stream];
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            // the size of the window and the level are told, and do not matter
            bool isRead = Zlib.TryRead(flipped, output, out _);
            Assert.True(!isRead || output.AsSpan().SequenceEqual(content));
        }
    }

    [Fact]
    public void TheEndOfTheBytesIsToldFromDamage()
    {
        byte[] stream = Deflate(Contents()[^1], CompressionLevel.Optimal);
        var output = new byte[Contents()[^1].Length];
        for (int length = 0; length < stream.Length; length += 97)
        {
            Assert.False(Inflate.TryRead(stream.AsSpan(0, length), output, out _, out ParseError error));
            Assert.Equal(ParseError.TooShort, error);
        }
    }

    [Fact]
    public void BranchesAreMadeAbsoluteAndRelativeAgainInAnyBytes()
    {
        var random = new Random(5);
        foreach (bool isArm64 in (bool[])[false, true])
        {
            for (int length = 0; length < 400; length++)
            {
                var code = new byte[length];
                random.NextBytes(code);
                // many calls, near and far, side by side and within one another
                for (int i = 0; i < length; i++)
                {
                    if (random.Next(4) == 0) code[i] = (byte)(isArm64 ? 0x94 : 0xe8 + random.Next(2));
                    else if (random.Next(2) == 0) code[i] = (byte)(random.Next(2) * 0xff);
                }
                byte[] moved = [.. code];
                BranchAddresses.MakeAbsolute(moved, isArm64);
                BranchAddresses.MakeRelative(moved, isArm64);
                Assert.Equal(code, moved);
            }
        }
    }

    [Fact]
    public void ACallBehindAByteThatLooksLikeOneComesBackAsItWas()
    {
        byte[] code = new byte[800_000];
        Convert.FromHexString("488b55e8e8555efeff488bcb").CopyTo(code, 0x1acbe);   // mov rdx, [rbp-18h]; call
        byte[] moved = [.. code];
        BranchAddresses.MakeAbsolute(moved, isArm64: false);
        BranchAddresses.MakeRelative(moved, isArm64: false);
        Assert.Equal(code, moved);
    }

    [Theory]
    [InlineData(false, "9090e80300000090e8fdffffff9090909090", "9090e80500000090e8050000009090909090")]
    [InlineData(true, "1f2003d50100009400000094", "1f2003d50200009402000094")]
    public void CallsOfOneFunctionReadTheSame(bool isArm64, string relative, string absolute)
    {
        byte[] code = Convert.FromHexString(relative);
        BranchAddresses.MakeAbsolute(code, isArm64);
        Assert.Equal(absolute, Convert.ToHexStringLower(code));
    }

    internal static byte[] Deflate(byte[] content, CompressionLevel level)
    {
        var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, level)) deflate.Write(content);
        byte[] bytes = stream.ToArray();
        return bytes.Length > 0 ? bytes : [3, 0];   // .NET writes nothing for nothing
    }

    internal static byte[] Compress(byte[] content, CompressionLevel level)
    {
        var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, level)) zlib.Write(content);
        byte[] bytes = stream.ToArray();
        return bytes.Length > 0 ? bytes : [0x78, 0x9c, 3, 0, 0, 0, 0, 1];
    }

    /// <summary>Nothing, little, runs, noise, words, and a mixture that needs several blocks.</summary>
    private static List<byte[]> Contents()
    {
        var random = new Random(4);
        List<byte[]> contents = [[], [0], [1, 2, 3], new byte[258], new byte[259], new byte[100_000]];
        foreach (int length in (int[])[10, 1000, 70_000])
        {
            var noise = new byte[length];
            random.NextBytes(noise);
            contents.Add(noise);
            var words = new byte[length];
            for (int i = 0; i < length; i++) words[i] = (byte)('a' + random.Next(1 + random.Next(26)));
            contents.Add(words);
        }
        var mixture = new byte[300_000];
        for (int i = 0; i < mixture.Length;)
        {
            int length = Math.Min(random.Next(1, 5000), mixture.Length - i);
            Span<byte> part = mixture.AsSpan(i, length);
            switch (random.Next(3))
            {
                case 0: random.NextBytes(part); break;
                case 1: part.Fill((byte)random.Next()); break;
                default:
                    int from = random.Next(i + 1), count = i - from;   // what was there before, over and over
                    for (int j = 0; j < length; j++) part[j] = count == 0 ? (byte)j : mixture[from + j % count];
                    break;
            }
            i += length;
        }
        contents.Add(mixture);
        return contents;
    }

    /// <summary>Bits in the order of the stream.</summary>
    private static byte[] Bits(string text)
    {
        string bits = text.Replace(" ", "", StringComparison.Ordinal);
        var bytes = new byte[(bits.Length + 7) / 8];
        for (int i = 0; i < bits.Length; i++) bytes[i / 8] |= (byte)(bits[i] - '0' << i % 8);
        return bytes;
    }
}
