using System;
using System.Text;

namespace Bootlace.RuntimeChecks;

/// <summary>StringBuilder, also against plain strings.</summary>
internal static class StringBuilderChecks
{
    public static void Register(CheckList list)
    {
        list.Group("StringBuilder");
        list.Add("Append of every kind", () =>
            Expect.Equal("axx-5True9yz", new StringBuilder().Append('a').Append('x',
            2).Append(-5).Append(true).Append(9UL).Append("yz".AsSpan()).Append((string?)null).ToString()));
        list.Add("Append of parts", () =>
            Expect.Equal("bccd", new StringBuilder().Append("abcd", 1, 2).Append(['b', 'c', 'd'], 1, 2).ToString()));
        list.Add("Append of itself", () =>
        {
            var text = new StringBuilder("0123456789abcdef");
            Expect.Equal("0123456789abcdef0123456789abcdef", text.Append(text).ToString());
        });
        list.Add("AppendLine", () =>
            Expect.Equal("a\n\n", new StringBuilder().AppendLine("a").AppendLine().ToString().Replace("\r", "")));
        list.Add("AppendJoin", () => Expect.Equal("a, b", new StringBuilder().AppendJoin(", ", "a", "b").ToString()));
        list.Add("interpolated Append", () => Expect.Equal("n=5", new StringBuilder().Append($"n={5}").ToString()));
        list.Add("Insert", () => Expect.Equal("abcd", new StringBuilder("ad").Insert(1, "bc").ToString()));
        list.Add("Remove", () => Expect.Equal("ad", new StringBuilder("abcd").Remove(1, 2).ToString()));
        list.Add("Replace", () =>
            Expect.Equal("x-y", new StringBuilder("a-b").Replace('a', 'x').Replace("b", "y").ToString()));
        list.Add("indexer", () =>
        {
            var text = new StringBuilder("abc");
            text[1] = 'X';
            Expect.That(text.ToString() == "aXc" && text[2] == 'c');
            Expect.Throws<IndexOutOfRangeException>(() => GC.KeepAlive(text[3]));
        });
        list.Add("Length cuts and extends with zeros", () =>
        {
            var text = new StringBuilder("abc") { Length = 2 };
            text.Length = 4;
            Expect.Equal("ab\0\0", text.ToString());
        });
        list.Add("Clear keeps it usable", () =>
            Expect.Equal("b", new StringBuilder("a").Clear().Append('b').ToString()));
        list.Add("ToString of a part", () => Expect.Equal("bc", new StringBuilder("abcd").ToString(1, 2)));
        list.Add("Equals a span", () =>
            Expect.That(new StringBuilder("abc").Equals("abc") && !new StringBuilder("abc").Equals("abd")));
        list.Add("100000 characters", () =>
        {
            var text = new StringBuilder();
            for (int i = 0; i < 10_000; i++) text.Append("0123456789");
            Expect.That(text.Length == 100_000 && text[99_999] == '9' && text.ToString().Length == 100_000);
        });
        list.Add("random edits equal those of a string", RandomEdits);
    }

    private static void RandomEdits()
    {
        var dice = new Dice(41);
        var text = new StringBuilder();
        string plain = "";
        for (int i = 0; i < 500; i++)
        {
            int at = dice.Next(plain.Length + 1), length = dice.Next(Math.Min(plain.Length - at, 9) + 1);
            string piece = dice.Text("abc", 6);
            switch (dice.Next(3))
            {
                case 0:
                    text.Append(piece);
                    plain += piece;
                    break;
                case 1:
                    text.Insert(at, piece);
                    plain = plain[..at] + piece + plain[at..];
                    break;
                default:
                    text.Remove(at, length);
                    plain = plain[..at] + plain[(at + length)..];
                    break;
            }
            Expect.Equal(plain, text.ToString());
        }
    }
}
