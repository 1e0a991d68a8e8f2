using System;
using System.Collections.Generic;

namespace Bootlace.RuntimeChecks;

/// <summary>Strings: making, comparing, joining.</summary>
internal static class StringChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Strings");
        list.Add("from char and count", () => Expect.Equal("-----", new string('-', 5)));
        list.Add("from array part", () => Expect.Equal("bcd", new string(['a', 'b', 'c', 'd', 'e'], 1, 3)));
        list.Add("from empty span", () => Expect.Equal("", new string(ReadOnlySpan<char>.Empty)));
        list.Add("from null array", () => Expect.Equal("", new string((char[]?)null)));
        list.Add("index past the end", () =>
            Expect.Throws<IndexOutOfRangeException>(() => GC.KeepAlive("abc"[Three()])));
        list.Add("concatenation of null and empty", () => Expect.Equal("ab", null + "a" + "" + "b" + Null()));
        list.Add("concatenation of more than four", () =>
            Expect.Equal("a1b2c3d", Word("a") + 1 + Word("b") + 2 + Word("c") + 3 + Word("d")));
        list.Add("concatenation with a char", () => Expect.Equal("ax", Word("a") + 'x'));
        list.Add("concatenation with an object", () => Expect.Equal("a5", Word("a") + (object)5));
        list.Add("Concat of an array", () => Expect.Equal("abc", string.Concat(["a", null, "b", "c"])));
        list.Add("Concat of a list", () => Expect.Equal("abc", string.Concat(new List<string> { "a", "b", "c" })));
        list.Add("Join", () => Expect.Equal("a, , b", string.Join(", ", "a", null, "b")));
        list.Add("Join by char", () => Expect.Equal("a/b", string.Join('/', "a", "b")));
        list.Add("Join of nothing", () => Expect.Equal("", string.Join(", ", Array.Empty<string>())));
        list.Add("Join of numbers", () => Expect.Equal("1-2-3", string.Join("-", new List<int> { 1, 2, 3 })));
        list.Add("Join of a yielded sequence", () => Expect.Equal("x,y", string.Join(",", Yielded())));
        list.Add("equality is by content", () =>
            Expect.That(Word("abc") == "ab" + Word("c") && !ReferenceEquals(Word("abc"), "ab" + Word("c"))));
        list.Add("equality with null", () =>
            Expect.That(Null() == null && Word("") != null && !Word("a").Equals(null)));
        list.Add("Equals ignoring case", () =>
            Expect.That(string.Equals("TFTP", "tftp", StringComparison.OrdinalIgnoreCase)
            && !"a".Equals("b", StringComparison.OrdinalIgnoreCase)));
        list.Add("equal strings hash alike", () =>
            Expect.Equal("abcdef".GetHashCode(), ("abc" + Word("def")).GetHashCode()));
        list.Add("hash ignoring case", () =>
            Expect.Equal("NextServer".GetHashCode(StringComparison.OrdinalIgnoreCase),
            "nextserver".GetHashCode(StringComparison.OrdinalIgnoreCase)));
        list.Add("CompareOrdinal", () => Expect.That(string.CompareOrdinal("a", "B") > 0
            && string.CompareOrdinal("a", "ab") < 0 && string.CompareOrdinal(null, "") < 0));
        list.Add("Compare ignoring case", () =>
            Expect.That(string.Compare("abc", "ABC", StringComparison.OrdinalIgnoreCase) == 0
            && string.Compare("a", "B", StringComparison.OrdinalIgnoreCase) < 0));
        list.Add("Compare ignoring case puts _ behind letters", () =>
            Expect.That(string.Compare("_", "a", StringComparison.OrdinalIgnoreCase) > 0));
        list.Add("StringComparer.Ordinal", () =>
            Expect.That(StringComparer.Ordinal.Compare("a", "b") < 0 && StringComparer.Ordinal.Equals("x", "x")
            && !StringComparer.Ordinal.Equals("x", "X")));
        list.Add("StringComparer.OrdinalIgnoreCase", () =>
            Expect.That(StringComparer.OrdinalIgnoreCase.Equals("x", "X")
            && StringComparer.OrdinalIgnoreCase.GetHashCode("x") == StringComparer.OrdinalIgnoreCase.GetHashCode("X")));
        list.Add("Substring", () => Expect.That("abcdef".Substring(2) == "cdef" && "abcdef".Substring(1, 3) == "bcd"
            && "abc".Substring(3) == ""));
        list.Add("Substring outside", () => Expect.Throws<ArgumentOutOfRangeException>(() => "abc".Substring(2, 2)));
        list.Add("ranges", () =>
            Expect.That("abcdef"[1..^1] == "bcde" && "abcdef"[^2..] == "ef" && "abcdef"[..0] == ""));
        list.Add("index from the end", () => Expect.Equal('f', "abcdef"[^1]));
        list.Add("Insert and Remove", () =>
            Expect.That("ad".Insert(1, "bc") == "abcd" && "abcd".Remove(1, 2) == "ad" && "abcd".Remove(2) == "ab"));
        list.Add("Replace of chars", () =>
            Expect.That("a.b.c".Replace('.', '-') == "a-b-c" && "abc".Replace('x', 'y') == "abc"));
        list.Add("Replace of strings", () =>
            Expect.That("aXXbXX".Replace("XX", "-") == "a-b-" && "aaa".Replace("aa", "b") == "ba"
            && "abc".Replace("b", null) == "ac"));
        list.Add("Replace of nothing is an argument error", () =>
            Expect.Throws<ArgumentException>(() => "a".Replace("", "b")));
        list.Add("PadLeft and PadRight", () =>
            Expect.That("7".PadLeft(3) == "  7" && "7".PadRight(3, '.') == "7.." && "long".PadLeft(2) == "long"));
        list.Add("case", () => Expect.That("MiXed\u00c4 1".ToLowerInvariant() == "mixed\u00e4 1"
            && "MiXed\u00e4 1".ToUpperInvariant() == "MIXED\u00c4 1"));
        list.Add("case of what needs none is the same object", () =>
        {
            string small = Word("abc");
            Expect.That(ReferenceEquals(small, small.ToLowerInvariant()) && ReferenceEquals(small, small.Trim()));
        });
        list.Add("Trim", () => Expect.That(" \t a b \r\n".Trim() == "a b" && "  a".TrimStart() == "a"
            && "a  ".TrimEnd() == "a" && "   ".Trim() == ""));
        list.Add("Trim of chars", () =>
            Expect.That("//a/".Trim('/') == "a" && "xya".TrimStart('x', 'y') == "a" && "a/".TrimEnd('/') == "a"));
        list.Add("IndexOf", () => Expect.That("hello".IndexOf('l') == 2 && "hello".IndexOf('l', 3) == 3
            && "hello".IndexOf('z') == -1 && "hello".IndexOf("lo", StringComparison.Ordinal) == 3));
        list.Add("IndexOf of nothing is 0", () => Expect.That("abc".IndexOf("", StringComparison.Ordinal) == 0));
        list.Add("IndexOf ignoring case", () =>
            Expect.Equal(4, "the QUICK fox".IndexOf("quick", StringComparison.OrdinalIgnoreCase)));
        list.Add("IndexOf beyond eight characters", () => Expect.Equal(21, "abcdefghijklmnopqrstu!vw!".IndexOf('!')));
        list.Add("LastIndexOf", () => Expect.That("a/b/c".LastIndexOf('/') == 3 && "abc".LastIndexOf('z') == -1
            && "abab".LastIndexOf("ab", StringComparison.Ordinal) == 2));
        list.Add("IndexOfAny", () =>
            Expect.That("key=value;x".IndexOfAny([';', '=']) == 3 && "abc".IndexOfAny(['x']) == -1));
        list.Add("Contains", () => Expect.That("abc".Contains('b') && "abc".Contains("bc") && !"abc".Contains("cb")
            && "ABC".Contains("b", StringComparison.OrdinalIgnoreCase)));
        list.Add("StartsWith and EndsWith", () =>
            Expect.That("http://x".StartsWith("http:", StringComparison.Ordinal)
            && "a.efi".EndsWith(".EFI", StringComparison.OrdinalIgnoreCase) && "/a".StartsWith('/')
            && !"".EndsWith('/')));
        list.Add("Split by char", () => Parts(["a", "", "b"], "a,,b".Split(',')));
        list.Add("Split of empty", () => Parts([""], "".Split(',')));
        list.Add("Split of empty, none left", () => Parts([], "".Split(',', StringSplitOptions.RemoveEmptyEntries)));
        list.Add("Split with count", () => Parts(["a", "b,c"], "a,b,c".Split(',', 2)));
        list.Add("Split with count and empties dropped", () =>
            Parts(["a", "b,,c"], ",a,,b,,c".Split(',', 2, StringSplitOptions.RemoveEmptyEntries)));
        list.Add("Split trimmed", () => Parts(["a", "", "b"], " a , ,b ".Split(',', StringSplitOptions.TrimEntries)));
        list.Add("Split trimmed, empties dropped", () =>
            Parts(["a", "b"],
            " a , ,b ".Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
        list.Add("Split by several chars", () => Parts(["a", "b", "c"], "a b\tc".Split(' ', '\t')));
        list.Add("Split by white space", () =>
            Parts(["a", "b"], " a \r\n b".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        list.Add("Split by string", () => Parts(["a", "b", ""], "a--b--".Split("--")));
        list.Add("Split by no string", () => Parts(["abc"], "abc".Split("")));
        list.Add("ToCharArray and back", () => Expect.Equal("abc", new string("abc".ToCharArray())));
        list.Add("CopyTo", () =>
        {
            Span<char> room = stackalloc char[4];
            "abc".CopyTo(room);
            Expect.Equal("abc\0", new string(room));
            Expect.Throws<ArgumentException>(() => "abc".CopyTo(new char[2]));
        });
        list.Add("string.Create", () => Expect.Equal("0123", string.Create(4, 48, (span, first) =>
        {
            for (int i = 0; i < span.Length; i++) span[i] = (char)(first + i);
        })));
        list.Add("IsNullOrEmpty and IsNullOrWhiteSpace", () =>
            Expect.That(string.IsNullOrEmpty(Null()) && !string.IsNullOrEmpty(" ") && string.IsNullOrWhiteSpace(" \t")
            && !string.IsNullOrWhiteSpace(".")));
        list.Add("foreach over characters", () =>
        {
            int sum = 0;
            foreach (char c in Word("abc")) sum += c;
            Expect.Equal(294, sum);
        });
        list.Add("as a sequence of characters", () => Expect.Equal(3, new List<char>("abc").Count));
        list.Add("switch on string", () =>
            Expect.That(Kind("tftp") == 1 && Kind("https") == 3 && Kind("gopher") == 0 && Kind("nfs") == 7));
        list.Add("literals with zero and surrogates keep them", () =>
            Expect.That("a\0b".Length == 3 && "\uD83D\uDE00".Length == 2));
        list.Add("ToString is itself", () => Expect.That(ReferenceEquals("abc", "abc".ToString())));
    }

    private static int Kind(string scheme) => scheme switch
    {
        "tftp" => 1, "http" => 2, "https" => 3, "file" => 4, "data" => 5, "iscsi" => 6, "nfs" => 7, "ftp" => 8, _ => 0,
    };

    private static IEnumerable<string> Yielded()
    {
        yield return "x";
        yield return "y";
    }

    private static void Parts(string[] expected, string[] actual) => Expect.Sequence<string>(expected, actual);

    private static string Word(string text) => new(text.AsSpan());

    private static string? Null() => null;

    private static int Three() => 3;
}
