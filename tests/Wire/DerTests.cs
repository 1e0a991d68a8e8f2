using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the reading of ASN.1 elements: lengths that lie, elements without end, depth without bound.
/// </summary>
public class DerTests
{
    [Theory]
    [InlineData("0401", 1, true)]
    [InlineData("048101", 1, false)]        // the short form has room
    [InlineData("04817f", 127, false)]
    [InlineData("048180", 128, true)]
    [InlineData("04820080", 128, false)]    // begins with a zero
    [InlineData("0483000080", 128, false)]
    [InlineData("04820100", 256, true)]
    public void L8_ALengthHasItsShortestForm(string head, int contentBytes, bool isRead)
    {
        var reader = new DerReader([.. Convert.FromHexString(head), .. new byte[contentBytes]]);
        Assert.Equal(isRead, reader.TryRead(out _, out ParseError error));
        Assert.Equal(isRead ? ParseError.None : ParseError.BadLength, error);
    }

    [Fact]
    public void ElementsAreReadInOrderAndOpened()
    {
        var reader = new DerReader(Golden.Bytes("30 08 02 01 05 06 03 55 04 03 05 00"));
        Assert.True(reader.TryEnter(DerTag.Sequence, out DerReader inside, out _));
        Assert.True(inside.TryRead(DerTag.Integer, out DerElement number, out _));
        Assert.True(number.TryReadNumber(out int value) && value == 5);
        Assert.True(inside.TryRead(DerTag.ObjectId, out DerElement id, out _));
        Assert.True(id.Content.SequenceEqual(ObjectIds.CommonName) && inside.TryEnd(out _));
        Assert.False(reader.IsAtEnd || reader.TryEnd(out _));
        Assert.False(reader.TryRead(DerTag.Boolean, out _, out ParseError error));
        Assert.Equal(ParseError.BadKind, error);
        Assert.True(reader.TryRead(DerTag.Null, out DerElement nothing, out _));
        Assert.True(reader.IsAtEnd && nothing.Content.Length == 0 && nothing.Bytes.Length == 2);
    }

    [Theory]
    [InlineData("", ParseError.TooShort)]
    [InlineData("30", ParseError.TooShort)]
    [InlineData("04 01", ParseError.BadLength)]
    [InlineData("04 81", ParseError.TooShort)]
    [InlineData("04 81 7f", ParseError.BadLength)]            // not the shortest form
    [InlineData("04 82 00 80", ParseError.BadLength)]
    [InlineData("04 84 ff ff ff ff", ParseError.BadLength)]   // 4 GiB - 1
    [InlineData("04 84 80 00 00 00", ParseError.BadLength)]   // negative as an int
    [InlineData("04 85 01 00 00 00 00", ParseError.BadLength)]
    [InlineData("04 ff", ParseError.BadLength)]
    [InlineData("1f 01 00", ParseError.BadKind)]              // long tag
    [InlineData("30 80 00 00", ParseError.BadLength)]         // indefinite, in what must be distinguished
    public void LengthsThatCannotBeAreRefused(string bytes, ParseError expected)
    {
        var reader = new DerReader(Golden.Bytes(bytes));
        Assert.False(reader.TryRead(out _, out ParseError error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("30 80 00 00", "")]
    [InlineData("30 80 04 01 07 00 00", "040107")]
    [InlineData("30 80 24 80 04 01 07 00 00 00 00", "248004010700 00")]
    public void IndefiniteLengthsEndWhereTheyEnd(string bytes, string content)
    {
        byte[] all = [.. Golden.Bytes(bytes), 0x05, 0x00];
        var reader = new DerReader(all, allowsIndefinite: true);
        Assert.True(reader.TryRead(out DerElement element, out _));
        Assert.Equal(Golden.Bytes(content), element.Content.ToArray());
        Assert.Equal(all.Length - 2, element.Bytes.Length);
        Assert.True(reader.TryRead(DerTag.Null, out _, out _));
    }

    [Theory]
    [InlineData("30 80")]
    [InlineData("30 80 00")]
    [InlineData("30 80 00 01")]
    [InlineData("30 80 04 05 00 00")]
    [InlineData("04 80 00 00")]                  // of a primitive one
    [InlineData("30 80 30 80 00 00")]
    public void IndefiniteLengthsWithoutAnEndAreRefused(string bytes)
    {
        var reader = new DerReader(Golden.Bytes(bytes), allowsIndefinite: true);
        Assert.False(reader.TryRead(out _, out ParseError error));
        Assert.NotEqual(ParseError.None, error);
    }

    [Fact]
    public void DepthIsBounded()
    {
        var definite = new List<byte>();
        for (int level = 0; level < 60; level++) definite.InsertRange(0, [0x30, (byte)definite.Count]);
        var reader = new DerReader(definite.ToArray());
        int depth = 0;
        ParseError error;
        while (reader.TryEnter(DerTag.Sequence, out DerReader inside, out error))
        {
            depth++;
            reader = inside;
        }
        Assert.Equal((DerReader.DepthMax, ParseError.TooMany), (depth, error));

        var indefinite = new byte[100_000];
        for (int i = 0; i < 50_000; i += 2) (indefinite[i], indefinite[i + 1]) = (0x30, 0x80);
        var endless = new DerReader(indefinite, allowsIndefinite: true);
        Assert.False(endless.TryRead(out _, out ParseError tooDeep));
        Assert.Equal(ParseError.TooMany, tooDeep);
    }

    [Theory]
    [InlineData("02 01 7f", 127)]
    [InlineData("02 02 00 ff", 255)]
    [InlineData("02 04 7f ff ff ff", int.MaxValue)]
    [InlineData("02 01 80", -1)]                  // negative
    [InlineData("02 00", -1)]
    [InlineData("02 05 01 00 00 00 00", -1)]
    [InlineData("0a 01 01", -1)]
    public void NumbersAreReadWhereTheyFit(string bytes, int expected)
    {
        var reader = new DerReader(Golden.Bytes(bytes));
        Assert.True(reader.TryRead(out DerElement element, out _));
        Assert.Equal(expected >= 0, element.TryReadNumber(out int value));
        if (expected >= 0) Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("0c 03 61 c3 a4", "aä")]
    [InlineData("13 01 61", "a")]
    [InlineData("14 01 e4", "ä")]
    [InlineData("1e 04 00 61 20 ac", "a€")]
    [InlineData("1e 01 00", null)]
    [InlineData("02 01 61", null)]
    public void TextsOfNamesAreRead(string bytes, string? expected)
    {
        var reader = new DerReader(Golden.Bytes(bytes));
        Assert.True(reader.TryRead(out DerElement element, out _));
        Assert.Equal(expected is not null, element.TryReadText(out string text));
        Assert.Equal(expected ?? "", text);
    }

    [Fact]
    public void PemBlocksAreReadInOrder()
    {
        byte[] text = Encoding.ASCII.GetBytes(
            "subject=x\n-----BEGIN CMS-----\r\naGVs\r\nbG8=\r\n-----END CMS-----\nand\n"
            + "-----BEGIN X-----\naGk=\n-----END X-----\n");
        Assert.True(PemReader.LooksLikePem(text));
        var reader = new PemReader(text);
        Assert.True(reader.TryRead(out PemBlock? block, out _));
        Assert.Equal(("CMS", "hello"), (block!.Label, Encoding.ASCII.GetString(block.Bytes)));
        Assert.True(reader.TryRead(out block, out _));
        Assert.Equal(("X", "hi"), (block!.Label, Encoding.ASCII.GetString(block.Bytes)));
        Assert.False(reader.TryRead(out _, out ParseError error));
        Assert.Equal(ParseError.None, error);
    }

    [Theory]
    [InlineData("-----BEGIN A")]
    [InlineData("-----BEGIN A-----\naGk=\n")]
    [InlineData("-----BEGIN A-----\naGk=\n-----END B-----")]
    [InlineData("-----BEGIN A-----\naGk=\n-----END A")]
    [InlineData("-----BEGIN A-----\naGk\n-----END A-----")]
    [InlineData("-----BEGIN A-----\naG=k\n-----END A-----")]
    [InlineData("-----BEGIN A-----\naGl=\n-----END A-----")]    // bits behind the end
    [InlineData("-----BEGIN A-----\na===\n-----END A-----")]
    [InlineData("-----BEGIN A-----\naG.k\n-----END A-----")]
    [InlineData("-----BEGIN A-----\n\n-----END A-----")]
    public void DamagedPemIsRefused(string text)
    {
        var reader = new PemReader(Encoding.ASCII.GetBytes(text));
        Assert.False(reader.TryRead(out _, out ParseError error));
        Assert.Equal(ParseError.BadText, error);
    }
}
