using System;

namespace Bootlace.RuntimeChecks;

/// <summary>Guid, TimeSpan, tuples, Index and Range, Nullable, enums.</summary>
internal static class ValueChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Value types");
        const string Text = "00112233-4455-6677-8899-aabbccddeeff";
        list.Add("Guid to bytes", () =>
            Expect.Equal("33221100554477668899aabbccddeeff", Convert.ToHexStringLower(new Guid(Text).ToByteArray())));
        list.Add("Guid to big-endian bytes", () =>
            Expect.Equal("00112233445566778899aabbccddeeff",
            Convert.ToHexStringLower(new Guid(Text).ToByteArray(bigEndian: true))));
        list.Add("Guid text forms", () =>
        {
            var guid = new Guid(Text);
            Expect.That(guid.ToString() == Text && guid.ToString("N") == Text.Replace("-", "")
                && guid.ToString("B") == "{" + Text + "}" && guid.ToString("P") == "(" + Text + ")");
        });
        list.Add("Guid parsing", () =>
        {
            var guid = new Guid(Text);
            Expect.That(Guid.Parse("{" + Text.ToUpperInvariant() + "}") == guid
                && Guid.Parse(Text.Replace("-", "")) == guid && Guid.TryParse(" " + Text + " ", out Guid other)
                && other == guid);
        });
        foreach (string bad in (string[])["", "00112233", Text + "0", "{" + Text,
            "00112233-4455-6677-8899-aabbccddeefg", "00112233x4455-6677-8899-aabbccddeeff"])
            list.Add("Guid refuses '" + bad + "'", () =>
                Expect.That(!Guid.TryParse(bad, out Guid guid) && guid == Guid.Empty));
        list.Add("Guid from its parts", () =>
            Expect.Equal(new Guid(Text),
            new Guid(0x00112233, 0x4455, 0x6677, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff)));
        list.Add("Guid equality, hash and order", () =>
        {
            Guid a = new("00112233-0000-0000-0000-000000000000"), b = new("00112233-0000-0000-0000-000000000001");
            Expect.That(a != b && a.CompareTo(b) < 0 && a.GetHashCode() == new Guid(a.ToByteArray()).GetHashCode());
        });
        list.Add("Guid of the wrong length", () =>
            Expect.Throws<ArgumentException>(() => GC.KeepAlive(new Guid(new byte[15]))));
        list.Add("TimeSpan parts and sums", () =>
        {
            TimeSpan span = TimeSpan.FromHours(25) + TimeSpan.FromMilliseconds(1500);
            Expect.That(span.Days == 1 && span.Hours == 1 && span.Seconds == 1 && span.Milliseconds == 500
                && span.TotalMilliseconds == 90_001_500);
        });
        list.Add("TimeSpan text", () =>
            Expect.Equal("1.01:00:01.5000000", (TimeSpan.FromHours(25) + TimeSpan.FromMilliseconds(1500)).ToString()));
        list.Add("TimeSpan negative text", () => Expect.Equal("-00:00:05", (-TimeSpan.FromSeconds(5)).ToString()));
        list.Add("TimeSpan order", () => Expect.That(TimeSpan.FromSeconds(59) < TimeSpan.FromMinutes(1)
            && TimeSpan.FromSeconds(60) == TimeSpan.FromMinutes(1)));
        list.Add("tuple equality and hash", () =>
            Expect.That((1, "a").Equals((1, "a")) && (1, "a") != (1, "b")
            && (1, "a").GetHashCode() == (1, "a").GetHashCode()));
        list.Add("tuple order", () => Expect.That((1, 2).CompareTo((1, 3)) < 0 && (2, 0).CompareTo((1, 9)) > 0));
        list.Add("tuple text", () => Expect.Equal("(1, a, )", (1, "a", (string?)null).ToString()));
        list.Add("tuple of nine", () =>
        {
            var nine = (1, 2, 3, 4, 5, 6, 7, 8, 9);
            Expect.That(nine.Item9 == 9 && nine.Equals((1, 2, 3, 4, 5, 6, 7, 8, 9)) && nine.Rest.Item1 == 8);
        });
        list.Add("tuples swap", () =>
        {
            int a = 1, b = 2;
            (a, b) = (b, a);
            Expect.That(a == 2 && b == 1);
        });
        list.Add("Index and Range", () => Expect.That(new Index(2, true).GetOffset(10) == 8 && (^1).IsFromEnd
            && (1..^1).ToString() == "1..^1" && Equals((2..5).GetOffsetAndLength(9), (2, 3))));
        list.Add("Range outside", () =>
            Expect.Throws<ArgumentOutOfRangeException>(() => GC.KeepAlive((2..5).GetOffsetAndLength(4))));
        list.Add("Index below zero", () =>
            Expect.Throws<ArgumentOutOfRangeException>(() => GC.KeepAlive(new Index(-1))));
        list.Add("Nullable: boxing drops it", () => Expect.That(Box(5) is int and 5 && Box(null) is null));
        list.Add("Nullable: no value", () =>
            Expect.Throws<InvalidOperationException>(() => GC.KeepAlive(Nothing()!.Value)));
        list.Add("Nullable: lifted operators", () =>
            Expect.That(Nothing() + 1 is null && (int?)2 * 3 == 6 && !(Nothing() < 5) && Nothing() == null
            && (Nothing() ?? 7) == 7));
        list.Add("Nullable: GetValueOrDefault, Equals, hash", () =>
            Expect.That(Nothing().GetValueOrDefault(3) == 3 && ((int?)5).Equals(5) && ((int?)5).GetHashCode() == 5
            && Nothing().GetHashCode() == 0));
        list.Add("Nullable: unboxing null and a value", () =>
            Expect.That((int?)Box(null) is null && (int?)Box(4) == 4));
        list.Add("enum: flags", () => Expect.That((Colours.Red | Colours.Blue).HasFlag(Colours.Blue)
            && !Colours.Red.HasFlag(Colours.Blue) && (Colours.Red & Colours.Blue) == 0));
        list.Add("enum: boxed equality is typed", () =>
            Expect.That(((object)Colours.Red).Equals(Colours.Red) && !((object)Colours.Red).Equals(1)
            && Colours.Red.GetHashCode() == 1));
        list.Add("enum: conversions", () =>
            Expect.That((int)Colours.Blue == 2 && (Colours)5 == (Colours.Red | (Colours)4)
            && (byte)(object)Tiny.Two == 2));
        list.Add("struct equality without an override", () =>
            Expect.That(new Plain(1, "a").Equals(new Plain(1, "a")) && !new Plain(1, "a").Equals(new Plain(1, "b"))
            && !new Plain(1, "a").Equals("a")));
        list.Add("struct hash without an override", () =>
            Expect.That(new Plain(1, "a").GetHashCode() == new Plain(1, "a").GetHashCode()));
    }

    [Flags]
    private enum Colours { None, Red, Blue }

    private enum Tiny : byte { One = 1, Two }

    private readonly struct Plain(int number, string text)
    {
        public readonly int Number = number;
        public readonly string Text = text;
    }

    private static object? Box(int? value) => value;

    private static int? Nothing() => null;
}
