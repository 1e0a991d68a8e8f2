using System;
using System.Globalization;

namespace Bootlace.RuntimeChecks;

/// <summary>Text to integers.</summary>
internal static class NumberParseChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Number parsing");
        Row(list, "0", 0);
        Row(list, "-0", 0);
        Row(list, "+5", 5);
        Row(list, "  12 ", 12);
        Row(list, "\t\n-7\r\n", -7);
        Row(list, "007", 7);
        Row(list, "2147483647", int.MaxValue);
        Row(list, "-2147483648", int.MinValue);
        Row(list, "00000000000000000000000000000000012", 12);
        Row(list, "12\0\0", 12);
        foreach (string bad in (string[])["", " ", "-", "+", "1 2", "12a", "a12", "0x10", "1.0", "1,000", "--1", "1-",
            "\u0661"])
            list.Add("int refuses '" + bad + "'", () =>
            {
                Expect.That(!int.TryParse(bad, out int value));
                Expect.Equal(0, value);
                Expect.Throws<FormatException>(() => int.Parse(bad));
            });
        foreach (string big in (string[])["2147483648", "-2147483649", "99999999999999999999999999",
            "-99999999999999999999999999"])
            list.Add("int overflows at " + big, () =>
            {
                Expect.That(!int.TryParse(big, out _));
                Expect.Throws<OverflowException>(() => int.Parse(big));
            });
        list.Add("overflow with junk behind is a format error", () =>
            Expect.Throws<FormatException>(() => int.Parse("99999999999x")));
        list.Add("null is an argument error", () =>
            Expect.Throws<ArgumentNullException>(() => int.Parse((string)null!)));
        list.Add("TryParse of null is false", () => Expect.That(!int.TryParse((string?)null, out _)));
        Hex(list, "ff", 255);
        Hex(list, "FF", 255);
        Hex(list, " 1a ", 26);
        Hex(list, "ffffffff", -1);
        Hex(list, "80000000", int.MinValue);
        Hex(list, "00000000000ff", 255);
        foreach (string bad in (string[])["", "0x10", "-1", "g", "fg", "1 0"])
            list.Add("hex refuses '" + bad + "'", () =>
                Expect.That(!int.TryParse(bad, NumberStyles.HexNumber, null, out _)));
        list.Add("hex of nine digits overflows", () =>
            Expect.Throws<OverflowException>(() => int.Parse("100000000", NumberStyles.HexNumber)));
        list.Add("style None refuses white space and sign", () =>
        {
            Expect.That(!int.TryParse(" 1", NumberStyles.None, null, out _));
            Expect.That(!int.TryParse("-1", NumberStyles.None, null, out _));
            Expect.That(int.TryParse("1", NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                && value == 1);
        });
        list.Add("hex style with a sign is an argument error", () =>
            Expect.Throws<ArgumentException>(() =>
                int.Parse("1", NumberStyles.HexNumber | NumberStyles.AllowLeadingSign)));
        list.Add("uint takes -0 and not -1", () =>
        {
            Expect.That(uint.TryParse("-0", out uint value) && value == 0);
            Expect.That(!uint.TryParse("-1", out _));
            Expect.Throws<OverflowException>(() => uint.Parse("-1"));
        });
        list.Add("byte limits", () =>
        {
            Expect.That(byte.TryParse("255", out byte value) && value == 255);
            Expect.That(!byte.TryParse("256", out _));
        });
        list.Add("sbyte limits and hex", () =>
        {
            Expect.Equal((sbyte)-128, sbyte.Parse("-128"));
            Expect.That(!sbyte.TryParse("128", out _));
            Expect.Equal((sbyte)-1, sbyte.Parse("ff", NumberStyles.HexNumber));
            Expect.That(!sbyte.TryParse("100", NumberStyles.HexNumber, null, out _));
        });
        list.Add("ushort limits", () =>
            Expect.That(ushort.TryParse("65535", out _) && !ushort.TryParse("65536", out _)));
        list.Add("short limits", () => Expect.That(short.TryParse("-32768", out _) && !short.TryParse("32768", out _)));
        list.Add("long limits", () =>
        {
            Expect.Equal(long.MinValue, long.Parse("-9223372036854775808"));
            Expect.Equal(long.MaxValue, long.Parse("9223372036854775807"));
            Expect.That(!long.TryParse("9223372036854775808", out _));
        });
        list.Add("ulong limits", () =>
        {
            Expect.Equal(ulong.MaxValue, ulong.Parse("18446744073709551615"));
            Expect.That(!ulong.TryParse("18446744073709551616", out _));
            Expect.Equal(ulong.MaxValue, ulong.Parse("ffffffffffffffff", NumberStyles.HexNumber));
        });
        list.Add("UTF-8 bytes", () =>
        {
            Expect.That(int.TryParse("-31"u8, out int value) && value == -31);
            Expect.That(!int.TryParse("3\u00e9"u8, out _));
        });
        list.Add("span slice", () => Expect.Equal(34, int.Parse("123456".AsSpan(2, 2))));
        list.Add("bool words", () =>
        {
            Expect.That(bool.TryParse(" true ", out bool yes) && yes);
            Expect.That(bool.TryParse("FALSE", out bool no) && !no);
            Expect.That(!bool.TryParse("yes", out _) && !bool.TryParse("", out _));
        });
        list.Digest("4000 mutated numbers", 0xebcf6555a661de55, digest =>
        {
            var dice = new Dice(3);
            for (int i = 0; i < 4000; i++)
            {
                string text = dice.Next(3) == 0 ? dice.Text("0123456789abcdefABCDEF+- \t\0x", 12)
                    : dice.NextNumber().ToString();
                NumberStyles style = dice.Next(3) == 0 ? NumberStyles.HexNumber : NumberStyles.Integer;
                digest.Add(int.TryParse(text, style, null, out int narrow));
                digest.Add(narrow);
                digest.Add(ulong.TryParse(text, style, null, out ulong wide));
                digest.Add(wide);
                digest.Add(short.TryParse(text, style, null, out short half));
                digest.Add(half);
            }
        });
    }

    private static void Row(CheckList list, string text, int expected) =>
        list.Add("int '" + text + "'", () =>
        {
            Expect.Equal(expected, int.Parse(text));
            Expect.That(int.TryParse(text.AsSpan(), out int value) && value == expected);
        });

    private static void Hex(CheckList list, string text, int expected) =>
        list.Add("hex '" + text + "'", () => Expect.Equal(expected, int.Parse(text, NumberStyles.HexNumber)));
}
