using System;
using System.Collections.Generic;

namespace Bootlace.RuntimeChecks;

/// <summary>String operations on many seeded cases, against .NET's digests.</summary>
internal static class StringTableChecks
{
    private const string Alphabet = "aaabbcAB /,.\u00e9\u00c9";
    private const int Cases = 1500;

    public static void Register(CheckList list)
    {
        list.Group("Strings, many cases");
        Table(list, "IndexOf", 0x87f19a0c350e278d, 11, (digest, a, b, dice) =>
        {
            digest.Add(a.IndexOf(b, StringComparison.Ordinal));
            digest.Add(a.IndexOf(b, StringComparison.OrdinalIgnoreCase));
            digest.Add(a.IndexOf('b'));
        });
        Table(list, "LastIndexOf", 0x725af27ef8aed1af, 12, (digest, a, b, dice) =>
        {
            if (b.Length > 0) digest.Add(a.LastIndexOf(b, StringComparison.Ordinal));
            digest.Add(a.LastIndexOf('b'));
            digest.Add(a.AsSpan().LastIndexOf(b));
        });
        Table(list, "StartsWith, EndsWith, Contains", 0x8ed19849681248c6, 13, (digest, a, b, dice) =>
        {
            digest.Add(a.StartsWith(b, StringComparison.Ordinal));
            digest.Add(a.StartsWith(b, StringComparison.OrdinalIgnoreCase));
            digest.Add(a.EndsWith(b, StringComparison.Ordinal));
            digest.Add(a.EndsWith(b, StringComparison.OrdinalIgnoreCase));
            digest.Add(a.Contains(b, StringComparison.OrdinalIgnoreCase));
        });
        Table(list, "Compare", 0x3a04ec6e60c8b25d, 14, (digest, a, b, dice) =>
        {
            digest.AddOrder(string.CompareOrdinal(a, b));
            digest.AddOrder(string.Compare(a, b, StringComparison.OrdinalIgnoreCase));
            digest.AddOrder(a.AsSpan().SequenceCompareTo(b));
            digest.Add(string.Equals(a, b, StringComparison.OrdinalIgnoreCase));
        });
        Table(list, "Replace", 0xd488ecd3b91dc185, 15, (digest, a, b, dice) =>
        {
            if (b.Length > 0) digest.Add(a.Replace(b, "xyz"));
            if (b.Length > 0) digest.Add(a.Replace(b, null, StringComparison.OrdinalIgnoreCase));
            digest.Add(a.Replace('a', 'Q'));
        });
        Table(list, "Split", 0x430c9cc25b00398f, 16, (digest, a, b, dice) =>
        {
            var options = (StringSplitOptions)dice.Next(4);
            digest.Add(a.Split(' ', options));
            digest.Add(a.Split(',', dice.Next(5), options));
            digest.Add(a.Split([' ', '/', '.'], dice.Next(4), options));
            digest.Add(a.Split(b, options));
            digest.Add(a.Split((char[]?)null, options));
        });
        Table(list, "span Split into ranges", 0x0603e25803fae584, 17, (digest, a, b, dice) =>
        {
            Span<Range> ranges = stackalloc Range[dice.Next(5)];
            int count = a.AsSpan().Split(ranges, ' ', (StringSplitOptions)dice.Next(4));
            digest.Add(count);
            foreach (Range range in ranges[..count]) digest.Add(a[range]);
            foreach (Range range in a.AsSpan().Split('b')) digest.Add(a[range]);
        });
        Table(list, "Trim, Pad, case", 0x9f36fc752f45b0d4, 18, (digest, a, b, dice) =>
        {
            digest.Add(a.Trim());
            digest.Add(a.TrimStart('a', ' '));
            digest.Add(a.TrimEnd('a'));
            digest.Add(a.PadLeft(dice.Next(12), '*'));
            digest.Add(a.ToUpperInvariant());
            digest.Add(a.ToLowerInvariant());
        });
        Table(list, "Substring, Insert, Remove", 0x8052212e81cc3ca9, 19, (digest, a, b, dice) =>
        {
            int start = dice.Next(a.Length + 1), length = dice.Next(a.Length - start + 1);
            digest.Add(a.Substring(start, length));
            digest.Add(a.Insert(start, b));
            digest.Add(a.Remove(start, length));
        });
        Table(list, "IndexOfAny and its kin", 0xcf41be8057de8dca, 20, (digest, a, b, dice) =>
        {
            ReadOnlySpan<char> span = a;
            digest.Add(span.IndexOfAny(b));
            digest.Add(span.IndexOfAny('b', 'c'));
            digest.Add(span.IndexOfAny('b', 'c', '/'));
            digest.Add(span.IndexOfAnyExcept('a'));
            digest.Add(span.IndexOfAnyExcept(b));
            digest.Add(span.LastIndexOfAny(b));
            digest.Add(span.IndexOfAnyInRange('a', 'b'));
            digest.Add(span.IndexOfAnyExceptInRange('a', 'z'));
            digest.Add(span.Count('a'));
            digest.Add(span.CommonPrefixLength(b));
        });
        list.Digest("sorting 300 words by both comparers", 0x4ab7dcde1fae91ad, digest =>
        {
            var dice = new Dice(21);
            var words = new List<string>();
            var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            while (words.Count < 300)
            {
                string word = dice.Text(Alphabet, 8);
                if (known.Add(word)) words.Add(word);
            }
            words.Sort(StringComparer.Ordinal);
            foreach (string word in words) digest.Add(word);
            words.Sort(StringComparer.OrdinalIgnoreCase);
            foreach (string word in words) digest.Add(word);
        });
    }

    private static void Table(CheckList list, string name, ulong golden, ulong seed, Action<Digest, string, string,
        Dice> body) =>
        list.Digest(name, golden, digest =>
        {
            var dice = new Dice(seed);
            for (int i = 0; i < Cases; i++) body(digest, dice.Text(Alphabet, 14), dice.Text(Alphabet, 3), dice);
        });
}
