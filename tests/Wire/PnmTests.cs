using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the reader of portable anymaps (netpbm's P1 to P6), which come from the network.</summary>
public class PnmTests
{
    private const uint Black = 0xff000000, White = 0xffffffff;

    /// <summary>One of each kind.</summary>
    internal static IEnumerable<byte[]> Samples =>
    [
        Bytes("P1\n3 2\n1 0 1\n010"), Bytes("P2\n2 2 15\n0 15 5\n1"), Bytes("P3 1 2 3\n0 1 2\n3 2 1"),
        Bytes("P4\n9 2\n", 0x80, 0, 0xff, 0x80), Bytes("P5\n2 1\n65535\n", 0, 0, 0x80, 0xff),
        Bytes("P6\n# two pixels\n2 1\n255\n", 1, 2, 3, 253, 254, 255),
    ];

    [Theory]
    [InlineData("P1\n3 2\n1 0 1\n010", new[] { Black, White, Black, White, Black, White })]
    [InlineData("P1 2 1 #x\n#1 1\n1\n#0\n0", new[] { Black, White })]
    [InlineData("P2\n2 2 15\n0 15 5\n1", new[] { Black, White, 0xff555555, 0xff111111 })]
    [InlineData("P2\r\n1\t1\v1000\f500", new[] { 0xff7f7f7f })]
    [InlineData("P3 1 2 3\n0 1 2\n3 2 1", new[] { 0xff0055aa, 0xffffaa55 })]
    [InlineData("P4\n9 2\n\u0080\0\u00ff\u0080", new[]
    {
        Black, White, White, White, White, White, White, White, White,
        Black, Black, Black, Black, Black, Black, Black, Black, Black,
    })]
    [InlineData("P5\n2 1\n65535\n\0\0\u0080\u00ff", new[] { Black, 0xff808080 })]
    [InlineData("P5#a\n#b\n2 #c\n1 255\n\n#", new[] { 0xff0a0a0a, 0xff232323 })]   // samples, not blanks
    [InlineData("P6 2 1 255\n\u0001\u0002\u0003\u00fd\u00fe\u00ffP6", new[] { 0xff010203, 0xfffdfeff })]
    [InlineData("P6 1 1 256\n\u0001\0\0\u0080\0\0", new[] { 0xffff7f00 })]
    public void EveryKindIsRead(string file, uint[] pixels) => Assert.Equal(pixels, Decode(Bytes(file)));

    [Theory]
    [InlineData("P0 1 1 1 ", ParseError.BadKind)]
    [InlineData("P7 1 1 1 ", ParseError.BadKind)]
    [InlineData("P61 1 1 ", ParseError.BadKind)]
    [InlineData("P6", ParseError.BadKind)]
    [InlineData("P6 ", ParseError.TooShort)]
    [InlineData("P6 #", ParseError.TooShort)]
    [InlineData("P6 1 x 1 ", ParseError.TooShort)]
    [InlineData("P6 1 -1 1 ", ParseError.TooShort)]
    [InlineData("P6 0 1 1 ", ParseError.TooMany)]
    [InlineData("P6 1 16385 1 ", ParseError.TooMany)]
    [InlineData("P6 4097 4097 1 ", ParseError.TooMany)]
    [InlineData("P6 65536 65536 1 ", ParseError.TooMany)]
    [InlineData("P6 99999999999999999999 1 1 ", ParseError.TooMany)]
    [InlineData("P6 1 1 0 abc", ParseError.BadCode)]
    [InlineData("P6 1 1 65536 abcdef", ParseError.BadCode)]
    [InlineData("P6 1 1 255", ParseError.TooShort)]
    [InlineData("P6 1 1 255x", ParseError.BadKind)]
    [InlineData("P6 1 1 255 ab", ParseError.TooShort)]
    [InlineData("P6 1 1 256 abcde", ParseError.TooShort)]
    [InlineData("P6 16384 1024 255 abc", ParseError.TooShort)]
    [InlineData("P6 1 1 96 aba", ParseError.BadCode)]           // a sample above the largest
    [InlineData("P4 8 2 a", ParseError.TooShort)]
    [InlineData("P3 1 1 9 1 2", ParseError.TooShort)]
    [InlineData("P3 1 1 9 1 2 10", ParseError.BadCode)]
    [InlineData("P3 1 1 9 1 2 99999999999", ParseError.BadCode)]
    [InlineData("P1 2 1 1", ParseError.TooShort)]
    [InlineData("P1 2 1 12", ParseError.TooShort)]
    public void X5_WhatIsNoneIsRefused(string file, ParseError error) => Assert.Equal(error, Refuse(Bytes(file)));

    [Fact]
    public void EveryTruncationIsRefused()
    {
        foreach (byte[] file in Samples)
        {
            Assert.Equal(ParseError.None, Refuse(file));
            for (int i = 0; i < file.Length; i++) Assert.NotEqual(ParseError.None, Refuse(file[..i]));
        }
    }

    private static byte[] Bytes(string text, params byte[] rest) => [.. Encoding.Latin1.GetBytes(text), .. rest];

    private static uint[] Decode(byte[] file)
    {
        Assert.True(PictureView.TryRead(file, out PictureView view, out ParseError error), error.ToString());
        Assert.Equal(0, view.ScratchBytes);
        uint[] pixels = new uint[view.Width * view.Height];
        Assert.True(view.TryDecode([], pixels, out error), error.ToString());
        return pixels;
    }

    private static ParseError Refuse(byte[] file)
    {
        if (!PnmView.TryRead(file, out PnmView view, out ParseError error)) return error;
        return view.TryDecode(new uint[view.Width * view.Height], out error) ? ParseError.None : error;
    }
}
