using System;
using System.Globalization;

namespace Bootlace.RuntimeChecks;

/// <summary>Interpolated strings.</summary>
internal static class InterpolationChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Interpolation");
        int number = 255;
        string word = "net0";
        string? missing = null;
        list.Add("number", () => Expect.Equal("a255b", $"a{number}b"));
        list.Add("hex formats", () =>
            Expect.Equal("ff FF 00ff 000000FF", $"{number:x} {number:X} {number:x4} {number:X8}"));
        list.Add("D format", () => Expect.Equal("00255", $"{number:D5}"));
        list.Add("string and null", () => Expect.Equal("net0//", $"{word}/{missing}/"));
        list.Add("right alignment", () => Expect.Equal("[  net0][   255]", $"[{word,6}][{number,6}]"));
        list.Add("left alignment", () => Expect.Equal("[net0  ][255   ]", $"[{word,-6}][{number,-6}]"));
        list.Add("alignment and format", () => Expect.Equal("[  0xff]", $"[{$"0x{number:x}",6}]"));
        list.Add("alignment shorter than the text", () => Expect.Equal("[net0]", $"[{word,2}]"));
        list.Add("bool, char, long, byte", () =>
            Expect.Equal("True x -5 200", $"{number == 255} {'x'} {-5L} {(byte)200}"));
        list.Add("nullable with and without a value", () => Expect.Equal("5,", $"{(int?)5},{(int?)null}"));
        list.Add("object", () => Expect.Equal("<custom>", $"<{new Custom()}>"));
        list.Add("a struct's ToString", () => Expect.Equal("<point 3>", $"<{new Point(3)}>"));
        list.Add("an IFormattable gets the format", () => Expect.Equal("<zz>", $"<{new Formattable():zz}>"));
        list.Add("an ISpanFormattable struct gets the format", () =>
            Expect.Equal("<qq>", $"<{new SpanFormattable():qq}>"));
        list.Add("span", () => Expect.Equal("et", $"{word.AsSpan(1, 2)}"));
        list.Add("span with alignment", () => Expect.Equal("[   et]", $"[{word.AsSpan(1, 2),5}]"));
        list.Add("nested", () => Expect.Equal("a(b(255))", $"a({$"b({number})"})"));
        list.Add("an interpolation inside a ToString inside one", () =>
            Expect.Equal("outer <inner 255> 255", $"outer {new Nested(number)} {number}"));
        list.Add("2000 characters", () =>
        {
            var text = new string('x', 1000);
            Expect.Equal(2007, $"{text} {number} {text}!!".Length);
        });
        list.Add("growing while numbers are written", () =>
        {
            string text = "";
            for (int i = 0; i < 300; i++) text = $"{text}{i % 10}";
            Expect.Equal(300, text.Length);
            Expect.That(text.StartsWith("0123456789012", StringComparison.Ordinal));
        });
        list.Add("braces", () => Expect.Equal("{255}", $"{{{number}}}"));
        list.Add("string.Create with a culture", () =>
            Expect.Equal("n 255", string.Create(CultureInfo.InvariantCulture, $"n {number}")));
        list.Add("ternary and method calls in holes", () =>
            Expect.Equal("odd 4", $"{(number % 2 == 0 ? "even" : "odd")} {word.Length}"));
        list.Digest("1000 formatted triples", 0x059e8588cf0fa281, digest =>
        {
            var dice = new Dice(31);
            for (int i = 0; i < 1000; i++)
            {
                long value = dice.NextNumber();
                string text = dice.Text("abc", 9);
                digest.Add($"{text,7}|{value}|{(uint)value:x8}|{(short)value,-7}|{(byte)value:X2}|{text,-4}");
            }
        });
    }

    private sealed class Custom
    {
        public override string ToString() => "custom";
    }

    private readonly struct Point(int x)
    {
        public override string ToString() => "point " + x;
    }

    private sealed class Nested(int number)
    {
        public override string ToString() => $"<inner {number}>";
    }

    private sealed class Formattable : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => format ?? "none";
    }

    private readonly struct SpanFormattable : ISpanFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => "wrong";

        public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format,
            IFormatProvider? provider)
        {
            charsWritten = format.TryCopyTo(destination) ? format.Length : 0;
            return charsWritten == format.Length;
        }
    }
}
