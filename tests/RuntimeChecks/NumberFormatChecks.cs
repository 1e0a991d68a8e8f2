using System;

namespace Bootlace.RuntimeChecks;

/// <summary>Integers to text.</summary>
internal static class NumberFormatChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Number formatting");
        Row(list, 0, null, "0");
        Row(list, 7, null, "7");
        Row(list, 10, null, "10");
        Row(list, -1, null, "-1");
        Row(list, int.MaxValue, null, "2147483647");
        Row(list, int.MinValue, null, "-2147483648");
        Row(list, 1234567, "d", "1234567");
        Row(list, 42, "D", "42");
        Row(list, 42, "D4", "0042");
        Row(list, -42, "D4", "-0042");
        Row(list, 12345, "D4", "12345");
        Row(list, 42, "G", "42");
        Row(list, 255, "x", "ff");
        Row(list, 255, "X", "FF");
        Row(list, 255, "x2", "ff");
        Row(list, 10, "x2", "0a");
        Row(list, 0, "x", "0");
        Row(list, 0, "x8", "00000000");
        Row(list, -1, "x", "ffffffff");
        Row(list, -1, "x8", "ffffffff");
        Row(list, int.MinValue, "X", "80000000");
        Row(list, 0xbeef, "X8", "0000BEEF");
        Row(list, 5, "b", "101");
        Row(list, 5, "B8", "00000101");
        list.Add("byte 200 as x2", () => Expect.Equal("c8", ((byte)200).ToString("x2")));
        list.Add("sbyte -1 as x2", () => Expect.Equal("ff", ((sbyte)-1).ToString("x2")));
        list.Add("sbyte -128", () => Expect.Equal("-128", sbyte.MinValue.ToString()));
        list.Add("short -2 as X4", () => Expect.Equal("FFFE", ((short)-2).ToString("X4")));
        list.Add("ushort greatest", () => Expect.Equal("65535", ushort.MaxValue.ToString()));
        list.Add("uint greatest", () => Expect.Equal("4294967295", uint.MaxValue.ToString()));
        list.Add("long least", () => Expect.Equal("-9223372036854775808", long.MinValue.ToString()));
        list.Add("long -1 as x16", () => Expect.Equal("ffffffffffffffff", (-1L).ToString("x16")));
        list.Add("ulong greatest", () => Expect.Equal("18446744073709551615", ulong.MaxValue.ToString()));
        list.Add("ulong greatest as X", () => Expect.Equal("FFFFFFFFFFFFFFFF", ulong.MaxValue.ToString("X")));
        list.Add("ulong D30 pads beyond 20 digits", () =>
            Expect.Equal("000000000018446744073709551615", ulong.MaxValue.ToString("D30")));
        list.Add("nint", () => Expect.Equal("-5", ((nint)(-5)).ToString()));
        list.Add("nuint as x", () => Expect.Equal("7f", ((nuint)127).ToString("x")));
        list.Add("bool", () => Expect.Equal("True False", true.ToString() + " " + false.ToString()));
        list.Add("char", () => Expect.Equal("x", 'x'.ToString()));
        list.Add("TryFormat fits exactly", TryFormatFits);
        list.Add("TryFormat too short leaves nothing", TryFormatTooShort);
        list.Add("an unknown format is refused", () => Expect.Throws<FormatException>(() => 5.ToString("Q")));
        list.Digest("3000 longs in all formats", 0x43f23ad7ad2e8446, digest =>
        {
            var dice = new Dice(1);
            string[] formats = ["d", "D7", "D19", "x", "X", "x5", "X16", "x20", "b", "G"];
            for (int i = 0; i < 3000; i++) digest.Add(dice.NextNumber().ToString(formats[i % formats.Length]));
        });
        list.Digest("3000 narrower numbers in all formats", 0x406960fe8a9588fc, digest =>
        {
            var dice = new Dice(2);
            string[] formats = ["d", "D7", "x", "X", "x5", "X8", "b"];
            for (int i = 0; i < 3000; i++)
            {
                long value = dice.NextNumber();
                string format = formats[i % formats.Length];
                digest.Add((i % 6) switch
                {
                    0 => ((int)value).ToString(format),
                    1 => ((uint)value).ToString(format),
                    2 => ((short)value).ToString(format),
                    3 => ((ushort)value).ToString(format),
                    4 => ((sbyte)value).ToString(format),
                    _ => ((byte)value).ToString(format),
                });
            }
        });
    }

    private static void Row(CheckList list, int value, string? format, string expected) =>
        list.Add("int " + value.ToString() + " as " + (format ?? "default"), () =>
            Expect.Equal(expected, value.ToString(format)));

    private static void TryFormatFits()
    {
        Span<char> room = stackalloc char[5];
        Expect.That((-1234).TryFormat(room, out int written));
        Expect.Equal(5, written);
        Expect.Equal("-1234", new string(room));
    }

    private static void TryFormatTooShort()
    {
        Span<char> room = stackalloc char[4];
        Expect.That(!(-1234).TryFormat(room, out int written));
        Expect.Equal(0, written);
    }
}
