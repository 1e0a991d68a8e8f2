using System;
using System.Linq;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects what is looked at in a device tree before programs get it: that all of it lies in the
/// file.</summary>
public class DeviceTreeTests
{
    /// <summary>A tree with one empty node.</summary>
    public static readonly byte[] Tree = Golden.Bytes("""
        d00dfeed 00000048            ; magic, total
        00000038 00000048 00000028   ; structure, strings, reservations
        00000011 00000010            ; version, oldest compatible
        00000000 00000000 00000010   ; boot processor, lengths of strings and structure
        00*16                        ; no reservation
        00000001 00000000 00000002 00000009
        """);

    private const int Total = 4, Structure = 8, Strings = 12, Reserved = 16, Version = 20, Compatible = 24;
    private const int StringsSize = 32, StructureSize = 36;

    [Fact]
    public void ATreeIsAsLongAsItSaysWhateverFollowsInTheFile()
    {
        Assert.True(DeviceTreeHeader.TryRead(Tree, out DeviceTreeHeader header, out ParseError error));
        Assert.Equal((new DeviceTreeHeader(72), ParseError.None), (header, error));
        Assert.True(DeviceTreeHeader.TryRead([.. Tree, 1, 2, 3], out header, out _));
        Assert.Equal(72, header.TotalBytes);
    }

    [Theory]
    [InlineData(Version, 16u)]
    [InlineData(Version, 18u)]
    public void VersionsThatReadersOfSeventeenUnderstandAreTaken(int offset, uint value) =>
        Assert.Equal(ParseError.None, Read(offset, value));

    [Theory]
    [InlineData(0, 0xd00dfeeeu, ParseError.BadKind)]
    [InlineData(Version, 15u, ParseError.BadKind)]
    [InlineData(Compatible, 18u, ParseError.BadKind)]
    [InlineData(Structure, 39u, ParseError.BadLength)]
    [InlineData(Structure, 73u, ParseError.BadLength)]
    [InlineData(StructureSize, 17u, ParseError.BadLength)]
    [InlineData(StructureSize, 0xffffffffu, ParseError.BadLength)]
    [InlineData(Strings, 0xffffffffu, ParseError.BadLength)]
    [InlineData(StringsSize, 1u, ParseError.BadLength)]
    [InlineData(Reserved, 57u, ParseError.BadLength)]
    public void WhatLiesOutsideIsRefused(int offset, uint value, ParseError expected) =>
        Assert.Equal(expected, Read(offset, value));

    [Theory]
    [InlineData(0u, ParseError.BadLength)]
    [InlineData(39u, ParseError.BadLength)]
    [InlineData(71u, ParseError.BadLength)]
    [InlineData(73u, ParseError.TooShort)]
    [InlineData(0x200001u, ParseError.BadLength)]
    [InlineData(0xffffffffu, ParseError.BadLength)]
    public void X10_ADeviceTreeOfWrongTotalSizeIsRefused(uint total, ParseError expected) =>
        Assert.Equal(expected, Read(Total, total));

    [Fact]
    public void EveryTruncationIsRefused()
    {
        for (int length = 0; length < Tree.Length; length++)
        {
            Assert.False(DeviceTreeHeader.TryRead(Tree.AsSpan(0, length), out _, out ParseError error));
            Assert.Equal(ParseError.TooShort, error);
        }
    }

    [Fact]
    public void NoBitFlipMakesATreeLongerThanItsFile()
    {
        for (int bit = 0; bit < Tree.Length * 8; bit++)
        {
            byte[] flipped = (byte[])Tree.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            if (DeviceTreeHeader.TryRead(flipped, out DeviceTreeHeader header, out _))
                Assert.InRange(header.TotalBytes, 40, flipped.Length);
        }
    }

    private static ParseError Read(int offset, uint value)
    {
        byte[] changed = (byte[])Tree.Clone();
        BigEndian.WriteU32(changed, offset, value);
        bool isTree = DeviceTreeHeader.TryRead(changed, out _, out ParseError error);
        Assert.Equal(isTree, error == ParseError.None);
        return error;
    }
}
