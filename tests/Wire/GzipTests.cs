using System;
using System.IO.Compression;
using System.Linq;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects gzip and zlib files: what .NET writes is got back a part at a time, and nothing that does not fit
/// is believed.</summary>
public class GzipTests
{
    private static readonly byte[] s_text = ArchiveSamples.Text(700_000);

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void WhatDotNetCompressesIsReadBack(CompressionLevel level)
    {
        foreach (int length in (int[])[1, 32_768, 131_072, 131_073, 700_000])
        {
            byte[] content = s_text[..length];
            Assert.Equal(content, ArchiveSamples.Read(new GzipReader(ArchiveSamples.Gzip(content, level))));
        }
        Assert.Equal(s_text, ArchiveSamples.Read(new ZlibReader(ArchiveSamples.Zlib(s_text))));
    }

    [Fact]
    public void MembersFollowEachOtherAndZeroesThem()
    {
        byte[] one = ArchiveSamples.Gzip(s_text[..300_000]), two = ArchiveSamples.Gzip(s_text[300_000..]);
        Assert.Equal(s_text, ArchiveSamples.Read(new GzipReader((byte[])[.. one, .. two, .. new byte[700]])));
        ArchiveSamples.Read(new GzipReader((byte[])[.. one, .. two, 0, 1]), out ParseError error);
        Assert.Equal(ParseError.TooShort, error);
        Assert.Equal(s_text, ArchiveSamples.Read(new ZlibReader((byte[])[.. ArchiveSamples.Zlib(s_text), 0, 0])));
        ArchiveSamples.Read(new ZlibReader((byte[])[.. ArchiveSamples.Zlib(s_text), 0, 1]), out error);
        Assert.Equal(ParseError.BadLength, error);
    }

    [Theory]
    [InlineData("04", "0300414243")]                              // an extra field
    [InlineData("08", "6e616d6500")]                              // a name
    [InlineData("10", "636f6d6d656e7400")]                        // a comment
    [InlineData("1d", "0300414243" + "6e616d6500" + "6300")]      // all of them, and said to be text
    public void HeadersMayCarryMore(string flags, string fields)
    {
        byte[] plain = ArchiveSamples.Gzip("hello"u8.ToArray());
        byte[] file =
        [
            .. plain[..3], .. Convert.FromHexString(flags), .. plain[4..10],
            .. Convert.FromHexString(fields), .. plain[10..],
        ];
        Assert.Equal("hello"u8.ToArray(), ArchiveSamples.Read(new GzipReader(file)));
        for (int length = 0; length < file.Length; length++)
        {
            ArchiveSamples.Read(new GzipReader(file[..length]), out ParseError error);
            Assert.Equal(ParseError.TooShort, error);
        }
    }

    [Fact]
    public void AChecksumOfTheHeaderIsChecked()
    {
        byte[] plain = ArchiveSamples.Gzip("hello"u8.ToArray());
        byte[] header = [.. plain[..3], 2, .. plain[4..10]];
        ushort checksum = (ushort)Crc32.Append(0, header);
        Assert.Equal(
            "hello"u8.ToArray(),
            ArchiveSamples.Read(new GzipReader(
                (byte[])[.. header, (byte)checksum, (byte)(checksum >> 8), .. plain[10..]])));
        ArchiveSamples.Read(
            new GzipReader((byte[])[.. header, (byte)~checksum, (byte)(checksum >> 8), .. plain[10..]]),
            out ParseError error);
        Assert.Equal(ParseError.BadChecksum, error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(0x10005)]
    public void X4_AnotherLengthThanItsOwnIsRefused(int length)
    {
        byte[] gzip = ArchiveSamples.Gzip("hello"u8.ToArray());
        BitConverter.TryWriteBytes(gzip.AsSpan(gzip.Length - 4), length);
        ArchiveSamples.Read(new GzipReader(gzip), out ParseError error);
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void X4_NoFlippedBitGoesUnnoticedAndNoTruncation()
    {
        byte[] content = s_text[..400];
        byte[] gzip = ArchiveSamples.Gzip(content), zlib = ArchiveSamples.Zlib(content);
        for (int bit = 0; bit < gzip.Length * 8; bit++)
        {
            // Flags for text, date, level and system change nothing about the content.
            if (bit / 8 is >= 4 and < 10 || bit == 24) continue;
            Require(new GzipReader(Flip(gzip, bit)));
        }
        for (int bit = 0; bit < zlib.Length * 8; bit++) Require(new ZlibReader(Flip(zlib, bit)));
        for (int length = 0; length < zlib.Length; length++) Require(new ZlibReader(zlib[..length]), isCut: true);
        for (int length = 0; length < gzip.Length; length++) Require(new GzipReader(gzip[..length]), isCut: true);

        void Require(Decompressor reader, bool isCut = false)
        {
            byte[] read = ArchiveSamples.Read(reader, out ParseError error);
            if (error == ParseError.None && !isCut) Assert.Equal(content, read);   // the last bits before the checksum
            else Assert.NotEqual(ParseError.None, error);
            Assert.True(read.Length < 100 * content.Length);
        }
    }

    [Fact]
    public void X4_AMatchDoesNotReachIntoTheMemberBefore()
    {
        // The second member is one match of three bytes from one byte back.
        byte[] first = ArchiveSamples.Gzip("aaa"u8.ToArray());
        byte[] stream = [0x03, 0x02, 0x00];   // fixed codes: length 3, distance 1, the end
        byte[] second =
        [
            .. first[..10], .. stream, .. BitConverter.GetBytes(Crc32.Append(0, "aaa"u8)), 3, 0, 0, 0,
        ];
        ArchiveSamples.Read(new GzipReader((byte[])[.. first, .. second]), out ParseError error);
        Assert.Equal(ParseError.BadLength, error);
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xcbf43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414fa339u)]
    public void TheChecksumIsThatOfGzip(string text, uint checksum)
    {
        byte[] bytes = text.Select(it => (byte)it).ToArray();
        for (int split = 0; split <= bytes.Length; split++)
            Assert.Equal(checksum, Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, split)), bytes.AsSpan(split)));
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        byte[] flipped = (byte[])bytes.Clone();
        flipped[bit / 8] ^= (byte)(1 << bit % 8);
        return flipped;
    }
}
