using System;
using System.Text;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the text of logins: pairs, their ends, numbers and bytes as values.</summary>
public class IscsiTextTests
{
    [Fact]
    public void PairsAreReadInTheirOrderAndFoundByKey()
    {
        Assert.True(IscsiText.TryRead(IscsiSamples.Text, out IscsiText text, out _));
        Assert.Equal(
            "TargetPortalGroupTag=1|HeaderDigest=CRC32C|MaxBurstLength=0x40000|X-vendor.key=|"
            + "CHAP_C=0x0123456789abcdefFEDC|",
            Describe(text));
        Assert.True(text.TryFind("HeaderDigest", out ReadOnlySpan<byte> value));
        Assert.Equal("CRC32C", Encoding.ASCII.GetString(value));
        Assert.True(text.TryFind("X-vendor.key", out value));
        Assert.Equal(0, value.Length);
        Assert.False(text.TryFind("headerdigest", out _));
        Assert.False(text.TryFind("Header", out _));
        Assert.False(text.TryFind("", out _));
    }

    [Fact]
    public void PairsAreWritten()
    {
        var bytes = new byte[200];
        var writer = new IscsiTextWriter(bytes);
        Assert.True(writer.TryAdd("TargetPortalGroupTag", 1));
        Assert.True(writer.TryAdd("HeaderDigest", "CRC32C"));
        Assert.True(writer.TryAdd("MaxBurstLength", "0x40000"));
        Assert.True(writer.TryAdd("X-vendor.key", ""));
        Assert.True(writer.TryAddBinary("CHAP_C", [1, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xfe, 0xdc]));
        Assert.Equal(
            Encoding.ASCII.GetString(IscsiSamples.Text).Replace("FEDC", "fedc"),
            Encoding.ASCII.GetString(bytes.AsSpan(0, writer.Bytes)));
    }

    [Fact]
    public void WhatDoesNotFitIsNotWrittenAtAll()
    {
        for (int room = 0; room < 12; room++)
        {
            var bytes = new byte[room];
            var writer = new IscsiTextWriter(bytes);
            Assert.Equal(room >= 5, writer.TryAdd("k", "\u00e4"));
            Assert.Equal(room >= 5 ? 5 : 0, writer.Bytes);
            writer = new IscsiTextWriter(bytes);
            Assert.Equal(room >= 9, writer.TryAddBinary("k", [1, 2]) && writer.Bytes == 9);
            Assert.Equal(room >= 5, writer.TryAddBinary("k", []) || writer.Bytes > 0);
        }
        var other = new IscsiTextWriter(new byte[99]);
        Assert.False(other.TryAdd("CHAP_N", "a\0CHAP_R=0x00"));
        Assert.Equal(0, other.Bytes);
    }

    [Theory]
    [InlineData("X=Y")]                   // the three bytes of edk2's bug
    [InlineData("A=1\0X=Y")]
    [InlineData("A")]
    [InlineData("=")]
    public void K1_TextWithoutItsLastNulIsRefused(string text)
    {
        Assert.False(IscsiText.TryRead(Encoding.Latin1.GetBytes(text), out _, out ParseError error));
        Assert.Equal(ParseError.TooShort, error);
    }

    [Theory]
    [InlineData("A\0", ParseError.BadText)]
    [InlineData("=1\0", ParseError.BadText)]
    [InlineData("=\0", ParseError.BadText)]
    [InlineData("A B=1\0", ParseError.BadText)]
    [InlineData("A\u0015=1\0", ParseError.BadText)]
    [InlineData("\u00c4=1\0", ParseError.BadText)]
    [InlineData("A=1\0\0B\0", ParseError.BadText)]
    [InlineData("", ParseError.None)]
    [InlineData("\0", ParseError.None)]
    [InlineData("\0\0A=1\0\0\0B==\0\0", ParseError.None)]
    public void PairsHaveAKeyAndMayHaveNulsBetweenThem(string text, ParseError expected)
    {
        bool isRead = IscsiText.TryRead(Encoding.Latin1.GetBytes(text), out IscsiText pairs, out ParseError error);
        Assert.Equal((expected == ParseError.None, expected), (isRead, error));
        if (text.Contains("B==")) Assert.Equal("A=1|B==|", Describe(pairs));
    }

    [Fact]
    public void K2_MoreKeysThanAnyCounterHoldsAreReadWhereTheyStand()
    {
        // a list's length once wrapped at 2^16 or 2^32 in edk2; here no length is kept
        foreach (string pair in (string[])["A=\0", new string('A', 63) + "=" + new string('v', 255) + "\0"])
        {
            byte[] bytes = Encoding.ASCII.GetBytes(string.Concat(System.Linq.Enumerable.Repeat(pair, 70_000)));
            Assert.True(IscsiText.TryRead(bytes, out IscsiText text, out _));
            int count = 0;
            foreach (IscsiTextPair one in text) count += one.Key[0] == 'A' ? 1 : 0;
            Assert.Equal(70_000, count);
            Assert.False(text.TryFind("B", out _));
            Assert.False(IscsiText.TryRead(bytes.AsSpan(0, bytes.Length - 1), out _, out _));
        }
        Assert.False(IscsiText.TryRead(Encoding.ASCII.GetBytes(new string('A', 64) + "=\0"), out _, out _));
    }

    [Theory]
    [InlineData("0x00", "00")]
    [InlineData("0X0aBc", "0abc")]
    [InlineData("0xabc", "0abc")]                // an odd number: the first byte is half full
    [InlineData("0xf", "0f")]
    [InlineData("0x00000000000000000000000000000000", "00000000000000000000000000000000")]
    [InlineData("0bAA==", "00")]
    [InlineData("0BAAEC", "000102")]
    [InlineData("0bAAECAw==", "00010203")]
    [InlineData("0bAAECAwQ=", "0001020304")]
    [InlineData("0bAAECAwQ", "0001020304")]      // the fill left out
    [InlineData("0b/+9a", "ffef5a")]
    public void K4_BytesAreReadFromHexadecimalAndBase64(string value, string expected)
    {
        byte[] bytes = Convert.FromHexString(expected);
        var target = new byte[bytes.Length];
        Assert.True(IscsiBinary.TryRead(Encoding.ASCII.GetBytes(value), target, out int count, out ParseError error));
        Assert.Equal((bytes.Length, ParseError.None), (count, error));
        Assert.Equal(bytes, target);

        var small = new byte[bytes.Length - 1];
        Assert.False(IscsiBinary.TryRead(Encoding.ASCII.GetBytes(value), small, out count, out error));
        Assert.Equal((0, ParseError.TooMany), (count, error));
        Assert.Equal(new byte[small.Length], small);   // nothing of it
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0x")]
    [InlineData("0b")]
    [InlineData("0b=")]
    [InlineData("0b==")]
    [InlineData("0bA")]
    [InlineData("0bAAECA")]
    [InlineData("0bAA===")]
    [InlineData("0bA=A=")]
    [InlineData("0bAA A")]
    [InlineData("0b-_AA")]
    [InlineData("0x0g")]
    [InlineData("0x 1")]
    [InlineData("x00")]
    [InlineData("1x00")]
    [InlineData("00")]
    [InlineData("255")]
    [InlineData("Reject")]
    public void K4_WhatIsNeitherIsRefused(string value)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(value);
        Assert.False(IscsiBinary.TryRead(bytes, new byte[16], out int count, out ParseError error));
        Assert.Equal((0, ParseError.BadText), (count, error));
    }

    [Fact]
    public void K4_AnyLengthOfDigitsIsBoundedByTheRoom()
    {
        var target = new byte[1024];
        for (int digits = 1; digits < 2100; digits++)
        {
            byte[] hex = Encoding.ASCII.GetBytes("0x" + new string('f', digits));
            bool isHex = IscsiBinary.TryRead(hex, target, out int count, out _);
            Assert.Equal((digits <= 2048, digits <= 2048 ? (digits + 1) / 2 : 0), (isHex, count));
            byte[] base64 = Encoding.ASCII.GetBytes("0b" + new string('/', digits));
            bool is64 = IscsiBinary.TryRead(base64, target, out count, out _);
            bool isGood = digits % 4 != 1 && digits * 3 / 4 <= 1024;
            Assert.Equal((isGood, isGood ? digits * 3 / 4 : 0), (is64, count));
        }
    }

    [Fact]
    public void Base64IsWhatDotNetWrites()
    {
        var random = new Random(7143);
        for (int length = 1; length < 100; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var target = new byte[length];
            byte[] value = Encoding.ASCII.GetBytes("0b" + Convert.ToBase64String(bytes));
            Assert.True(IscsiBinary.TryRead(value, target, out int count, out _));
            Assert.Equal(length, count);
            Assert.Equal(bytes, target);
        }
    }

    [Theory]
    [InlineData("0", 0ul)]
    [InlineData("262144", 262144ul)]
    [InlineData("0x40000", 262144ul)]
    [InlineData("0XfF", 255ul)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("0xffffffffffffffff", ulong.MaxValue)]
    [InlineData("18446744073709551616", null)]
    [InlineData("0x10000000000000000", null)]
    [InlineData("", null)]
    [InlineData("0x", null)]
    [InlineData("-1", null)]
    [InlineData("+1", null)]
    [InlineData(" 1", null)]
    [InlineData("1,2", null)]
    [InlineData("Irrelevant", null)]
    public void NumbersAreDecimalOrHexadecimal(string value, ulong? expected)
    {
        bool isRead = IscsiBinary.TryReadNumber(Encoding.ASCII.GetBytes(value), out ulong number);
        Assert.Equal(expected, isRead ? number : null);
    }

    private static string Describe(IscsiText text)
    {
        var described = new StringBuilder();
        foreach (IscsiTextPair pair in text)
            described.Append(Encoding.ASCII.GetString(pair.Key)).Append('=').Append(pair.Text).Append('|');
        return described.ToString();
    }
}
