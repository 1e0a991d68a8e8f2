using System;
using System.Text;

namespace Bootlace.RuntimeChecks;

/// <summary>ASCII, Latin-1, UTF-8 and UTF-16, well-formed and not.</summary>
internal static class EncodingChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Encodings");
        list.Add("ASCII both ways", () =>
            Expect.Equal("abc?", Encoding.ASCII.GetString(Encoding.ASCII.GetBytes("abc\u00e9"))));
        list.Add("ASCII of bytes beyond", () => Decodes(Encoding.ASCII, [0x41, 0x80, 0xff]));
        list.Add("UTF-8 of all lengths", () =>
            Expect.Sequence<byte>([0x24, 0xc2, 0xa2, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80],
            Encoding.UTF8.GetBytes("$\u00a2\u20ac\U0001F600")));
        list.Add("UTF-8 back", () =>
            Expect.Equal("$\u00a2\u20ac\U0001F600", Encoding.UTF8.GetString("$\u00a2\u20ac\U0001F600"u8)));
        list.Add("UTF-8 of a lone surrogate", () =>
            Expect.Sequence<byte>([0x61, 0xef, 0xbf, 0xbd, 0x62], Encoding.UTF8.GetBytes("a\ud800b")));
        list.Add("UTF-8 overlong", () => Expect.Equal("\ufffd\ufffd", Encoding.UTF8.GetString([0xc0, 0x80])));
        list.Add("UTF-8 cut short", () => Expect.Equal("a\ufffd", Encoding.UTF8.GetString([0x61, 0xe2, 0x82])));
        list.Add("UTF-8 cut short and going on", () =>
            Expect.Equal("\ufffda", Encoding.UTF8.GetString([0xf0, 0x9f, 0x98, 0x61])));
        list.Add("UTF-8 encoded surrogate", () =>
            Expect.Equal("\ufffd\ufffd\ufffd", Encoding.UTF8.GetString([0xed, 0xa0, 0x80])));
        list.Add("UTF-8 beyond U+10FFFF", () =>
            Expect.Equal("\ufffd\ufffd\ufffd\ufffd", Encoding.UTF8.GetString([0xf4, 0x90, 0x80, 0x80])));
        list.Add("UTF-8 strict refuses bytes", () =>
            Expect.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString([0x61, 0xff])));
        list.Add("UTF-8 strict refuses text", () =>
            Expect.Throws<EncoderFallbackException>(() => new UTF8Encoding(false, true).GetBytes("\udc00")));
        list.Add("UTF-8 strict takes what is right", () =>
            Expect.Equal("\u20ac", new UTF8Encoding(false, true).GetString([0xe2, 0x82, 0xac])));
        list.Add("UTF-16 both ways", () =>
            Expect.Sequence<byte>([0x61, 0, 0xac, 0x20], Encoding.Unicode.GetBytes("a\u20ac")));
        list.Add("UTF-16 with an odd byte", () => Expect.Equal("a\ufffd", Encoding.Unicode.GetString([0x61, 0, 0x62])));
        list.Add("counts", () => Expect.That(Encoding.UTF8.GetByteCount("a\u00e9\u20ac") == 6
            && Encoding.UTF8.GetCharCount([0xc3, 0xa9]) == 1 && Encoding.Unicode.GetByteCount("abc") == 6));
        list.Add("preambles", () => Expect.That(Encoding.UTF8.GetPreamble().Length == 3
            && new UTF8Encoding(false).GetPreamble().Length == 0 && Encoding.Unicode.Preamble[0] == 0xff));
        list.Add("GetBytes into too little", () =>
            Expect.Throws<ArgumentException>(() => Encoding.UTF8.GetBytes("\u20ac", new byte[2])));
        list.Add("TryGetBytes into exactly enough", () =>
        {
            Expect.That(Encoding.UTF8.TryGetBytes("\u20ac", new byte[3], out int written) && written == 3);
            Expect.That(!Encoding.UTF8.TryGetBytes("\u20ac", new byte[2], out _));
        });
        list.Add("GetChars into a span", () =>
        {
            Span<char> chars = stackalloc char[4];
            Expect.Equal(3, Encoding.UTF8.GetChars("ab\u00e9"u8, chars));
            Expect.Equal('\u00e9', chars[2]);
        });
        list.Add("UTF-8 literals", () => Expect.Equal(5, "h\u00e9llo"u8.Length - 1));
        list.Digest("UTF-8 of 3000 random byte strings", 0x09a9838a5ad1c520, digest =>
            RandomBytes(digest, Encoding.UTF8, 91));
        list.Digest("UTF-16 of 1000 random byte strings", 0x753e68cd3ad4d8b0, digest => RandomUtf16(digest, 92));
        list.Digest("ASCII of random byte strings", 0x8945ed1a3ec17ced, digest =>
            RandomBytes(digest, Encoding.ASCII, 93));
        list.Digest("Latin-1 of random byte strings", 0xa31646e16c49bd19, digest =>
            RandomBytes(digest, Encoding.Latin1, 94));
        list.Digest("2000 random texts to bytes", 0xed462838c7ac4826, digest =>
        {
            var dice = new Dice(95);
            for (int i = 0; i < 2000; i++)
            {
                string text = dice.Text("az\u00e9\u07ff\u0800\u20ac\ud83d\ude00\ud83d\ude00\udfff", 9);
                digest.Add(Encoding.UTF8.GetBytes(text));
                digest.Add(Encoding.Unicode.GetBytes(text));
                digest.Add(Encoding.ASCII.GetBytes(text));
            }
        });
    }

    private static void Decodes(Encoding encoding, byte[] bytes)
    {
        string text = encoding.GetString(bytes);
        Expect.Equal(bytes.Length, text.Length);
        Expect.Equal('A', text[0]);
        Expect.That(text[1] is '?' or '\ufffd');
    }

    // Bytes that UTF-8 cares about come often.
    private static void RandomBytes(Digest digest, Encoding encoding, ulong seed)
    {
        ReadOnlySpan<byte> edges = [0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xed,
            0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff];
        var dice = new Dice(seed);
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = dice.Bytes(dice.Next(8));
            for (int j = 0; j < bytes.Length; j++) if (dice.Next(4) > 0) bytes[j] = edges[dice.Next(edges.Length)];
            string text = encoding.GetString(bytes);
            digest.Add(text);
            digest.Add(encoding.GetCharCount(bytes));
        }
    }

    private static void RandomUtf16(Digest digest, ulong seed)
    {
        var dice = new Dice(seed);
        for (int i = 0; i < 1000; i++)
        {
            byte[] bytes = dice.Bytes(2 * dice.Next(6));
            for (int j = 1; j < bytes.Length; j += 2) if (dice.Next(2) == 0) bytes[j] = (byte)(0xd8 + dice.Next(8));
            digest.Add(Encoding.Unicode.GetString(bytes));
        }
    }
}
