using System;
using System.Text;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the lines of sha256sum, whatever the file is called.</summary>
public class DigestLineTests
{
    private const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [Theory]
    [InlineData("", "  ", "vmlinuz", "vmlinuz")]
    [InlineData("", " *", "vmlinuz", "vmlinuz")]
    [InlineData("", "  ", " a  b ", " a  b ")]
    [InlineData("", "  ", "a\\nb", "a\\nb")]
    [InlineData("\\", "  ", "a\\nb\\r\\\\", "a\nb\r\\")]
    [InlineData("", "  ", "grüße", "grüße")]
    public void NamesAreReadAsTheyAre(string mark, string gap, string written, string name)
    {
        byte[] digest = new byte[32];
        byte[] line = Encoding.UTF8.GetBytes(mark + Digest.ToUpperInvariant() + gap + written);
        Assert.True(DigestLine.TryRead(line, digest, out string read, out _));
        Assert.Equal((name, Digest), (read, HexDigits.Write(digest)));
    }

    [Theory]
    [InlineData("", ParseError.TooShort)]
    [InlineData(Digest, ParseError.TooShort)]
    [InlineData(Digest + "  ", ParseError.TooShort)]
    [InlineData(Digest + " a", ParseError.TooShort)]
    [InlineData(Digest + " xa", ParseError.BadText)]
    [InlineData(Digest + "0  a", ParseError.BadText)]
    [InlineData("g" + Digest + "  a", ParseError.BadText)]
    [InlineData("\\" + Digest + "  a\\t", ParseError.BadText)]
    [InlineData("\\" + Digest + "  a\\", ParseError.BadText)]
    public void OtherLinesAreRefused(string line, ParseError expected)
    {
        Assert.False(DigestLine.TryRead(Encoding.ASCII.GetBytes(line), new byte[32], out _, out ParseError error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void DigitsAreWrittenAndShortened()
    {
        Assert.Equal("00ff10", HexDigits.Write([0, 255, 16]));
        Assert.Equal("00ff10", HexDigits.WriteStart([0, 255, 16]));
        Assert.Equal("01020304...", HexDigits.WriteStart([1, 2, 3, 4, 5]));
        Assert.False(HexDigits.TryRead("0"u8, new byte[1]));
        Assert.False(HexDigits.TryRead("000"u8, new byte[1]));
        Assert.False(HexDigits.TryRead("0x"u8, new byte[1]));
    }
}
