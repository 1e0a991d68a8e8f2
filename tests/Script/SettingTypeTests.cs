using System;
using System.Text;
using Bootlace.Script;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects the 18 setting types: text to bytes and back, and what each refuses (spec/ipxe-compat.md 3.4).
/// </summary>
public class SettingTypeTests
{
    [Theory]
    [InlineData("string", "a b\u00ff", "6120 62ff", "a b\u00ff")]
    [InlineData("uristring", "a%20b%3A", "61 20 62 3a", "a%20b%3A")]
    [InlineData("uristring", "50%", "35 30 25", "50%25")]
    [InlineData("uristring", "a/b#c?d=e&f@g:h+i~j-_.", "612f6223633f643d6526664067 3a68 2b69 7e6a2d5f2e",
        "a%2Fb%23c%3Fd%3De%26f%40g%3Ah%2Bi~j-_.")]
    [InlineData("ipv4", "10.0.2.255", "0a0002ff", "10.0.2.255")]
    [InlineData("ipv6", "fe80::1", "fe80000000000000 0000000000000001", "fe80::1")]
    [InlineData("ipv6", "2001:DB8:0:0:0:0:0:A", "20010db8000000000000000 00000000a", "2001:db8::a")]
    [InlineData("int8", "300", "2c", "44")]
    [InlineData("int8", "-1", "ff", "-1")]
    [InlineData("int16", "0x8000", "8000", "-32768")]
    [InlineData("int32", "010", "00000008", "8")]
    [InlineData("int32", "4294967295", "ffffffff", "-1")]
    [InlineData("uint8", "-1", "ff", "0xff")]
    [InlineData("uint16", "65537", "0001", "0x1")]
    [InlineData("uint32", "0", "00000000", "0x0")]
    [InlineData("uint32", "0xDEADbeef", "deadbeef", "0xdeadbeef")]
    [InlineData("hex", "52:54:0:aB", "525400ab", "52:54:00:ab")]
    [InlineData("hexhyp", "52-54", "5254", "52-54")]
    [InlineData("hexraw", "5254aB", "5254ab", "5254ab")]
    [InlineData("base64", "Zm9vYg==", "666f6f62", "Zm9vYg==")]
    [InlineData("uuid", "00112233-4455-6677-8899-aabbccddeeff", "00112233445566778899aabbccddeeff",
        "00112233-4455-6677-8899-aabbccddeeff")]
    [InlineData("guid", "00112233-4455-6677-8899-AABBCCDDEEFF", "33221100554477668899aabbccddeeff",
        "00112233-4455-6677-8899-aabbccddeeff")]
    public void TextBecomesTheseBytesAndTheyBecomeThisText(string type, string text, string hex, string shown)
    {
        byte[] bytes = Find(type).Parse(text);
        Assert.Equal(hex.Replace(" ", ""), Convert.ToHexStringLower(bytes));
        Assert.True(Find(type).TryFormat(bytes, out string back));
        Assert.Equal(shown, back);
    }

    [Theory]
    [InlineData("ipv4", "host.name")]
    [InlineData("ipv4", "1.2.3")]
    [InlineData("ipv4", "1.2.3.256")]
    [InlineData("ipv4", "1.2.3.4 ")]
    [InlineData("ipv6", "10.0.0.1")]
    [InlineData("ipv6", "::1::")]
    [InlineData("int8", "")]
    [InlineData("int8", "12x")]
    [InlineData("int16", "0x")]
    [InlineData("int32", "08")]
    [InlineData("int32", "1 2")]
    [InlineData("uint8", "--1")]
    [InlineData("uint16", "a")]
    [InlineData("uint32", "0xg")]
    [InlineData("hex", "5g")]
    [InlineData("hex", "52-54")]
    [InlineData("hex", "52:")]
    [InlineData("hex", ":52")]
    [InlineData("hex", "5254")]
    [InlineData("hexhyp", "52:54")]
    [InlineData("hexraw", "525")]
    [InlineData("hexraw", "52:54")]
    [InlineData("base64", "Zm9v!")]
    [InlineData("base64", "Zm9vY")]
    [InlineData("uuid", "00112233-4455-6677-8899-aabbccddeef")]
    [InlineData("uuid", "00112233445566778899aabbccddeeff0000")]
    [InlineData("uuid", "00112233-4455-6677-8899-aabbccddeegg")]
    [InlineData("guid", "x")]
    [InlineData("busdevfn", "00:01.0")]
    [InlineData("dnssl", "example.org")]
    public void TextThatDoesNotFitIsRefused(string type, string text)
    {
        var failure = Assert.Throws<BootFailure>(() => Find(type).Parse(text));
        Assert.True(failure.Kind == ScriptFailure.BadValue || failure.Kind == ScriptFailure.TypeHasNoInput);
    }

    [Theory]
    [InlineData("ipv4", "0a0000010a000002", "10.0.0.1")]
    [InlineData("ipv4", "0a0000", null)]
    [InlineData("ipv6", "0a00000100", null)]
    [InlineData("uint8", "30783130", "0x30783130")]
    [InlineData("int8", "ffffffffffffffffffff", "-1")]
    [InlineData("int32", "00000000000000000000002a", "42")]
    [InlineData("int32", "010000000000000000", null)]
    [InlineData("uint32", "ff0000000000000000", null)]
    [InlineData("uuid", "00", null)]
    [InlineData("guid", "000102030405060708090a0b0c0d0e0f10", null)]
    [InlineData("busdevfn", "00010203", "0001:02:00.3")]
    [InlineData("busdevfn", "1a", "0000:00:03.2")]
    [InlineData("dnssl", "076578616d706c65036f726700", "example.org")]
    [InlineData("dnssl", "0161016200016300", "a.b c")]
    [InlineData("dnssl", "03666f6f0003626172c000", "foo bar.foo")]
    [InlineData("dnssl", "c000", null)]
    [InlineData("dnssl", "0161c005", null)]
    [InlineData("dnssl", "0561", null)]
    [InlineData("dnssl", "40", null)]
    [InlineData("string", "", "")]
    public void BytesFromElsewhereAreShownOrHaveNoText(string type, string hex, string? expected)
    {
        bool shown = Find(type).TryFormat(Convert.FromHexString(hex), out string text);
        Assert.Equal(expected is not null, shown);
        if (shown) Assert.Equal(expected, text);
    }

    [Fact]
    public void ThereAre18TypesAndNoOther()
    {
        Assert.Equal(18, SettingTypes.All.Count);
        foreach (string none in new[] { "", "String", "int64", "ip", "int32 " }) Assert.Null(SettingType.Find(none));
    }

    [Fact]
    public void NoBytesBreakAnyType()
    {
        var random = new Random(34);
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = new byte[random.Next(24)];
            random.NextBytes(bytes);
            foreach (SettingType type in SettingTypes.All)
            {
                type.TryFormat(bytes, out string text);
                Assert.NotNull(text);
                try
                {
                    type.Parse(ByteText.FromBytes(bytes));
                }
                catch (BootFailure)
                {
                    // a refusal is fine, anything else is not
                }
            }
        }
    }

    [Fact]
    public void ByteTextKeepsBytesAndReadsUtf8AtTheBorder()
    {
        string text = ByteText.FromBytes(Encoding.UTF8.GetBytes("Menü"));
        Assert.Equal(5, text.Length);
        Assert.Equal("Menü", ByteText.ToUnicode(text));
        Assert.Equal(text, ByteText.FromUnicode("Menü"));
        Assert.Equal(Encoding.UTF8.GetBytes("Menü"), ByteText.ToBytes(text));
    }

    private static SettingType Find(string name) =>
        SettingType.Find(name) ?? throw new InvalidOperationException($"no type {name}");
}
