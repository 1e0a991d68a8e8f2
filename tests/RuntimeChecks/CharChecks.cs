using System;

namespace Bootlace.RuntimeChecks;

/// <summary>Kinds and case of characters: everything up to U+00FF, white space and surrogates everywhere.</summary>
internal static class CharChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Characters");
        list.Digest("kinds of the first 256", 0x2686bd71b415fc27, digest =>
        {
            for (int i = 0; i < 256; i++)
            {
                char c = (char)i;
                digest.Add(char.IsDigit(c));
                digest.Add(char.IsNumber(c));
                digest.Add(char.IsLetter(c));
                digest.Add(char.IsLetterOrDigit(c));
                digest.Add(char.IsUpper(c));
                digest.Add(char.IsLower(c));
                digest.Add(char.IsControl(c));
                digest.Add(char.IsAsciiHexDigit(c));
                digest.Add(char.IsAsciiLetter(c));
                digest.Add(char.IsAsciiLetterUpper(c));
                digest.Add(char.IsAsciiLetterOrDigit(c));
            }
        });
        list.Digest("case of the first 256", 0xc88ca354424feb35, digest =>
        {
            for (int i = 0; i < 256; i++)
            {
                digest.Add((int)char.ToUpperInvariant((char)i));
                digest.Add((int)char.ToLowerInvariant((char)i));
            }
        });
        list.Digest("white space and surrogates of all", 0xdaaec4dd8669556d, digest =>
        {
            for (int i = 0; i < 65536; i++)
            {
                if (char.IsWhiteSpace((char)i)) digest.Add(i);
                if (char.IsHighSurrogate((char)i) || char.IsLowSurrogate((char)i)) digest.Add(-i);
            }
        });
        list.Add("surrogate pairs", () =>
        {
            Expect.Equal(0x1F600, char.ConvertToUtf32('\uD83D', '\uDE00'));
            Expect.Equal("\uD83D\uDE00", char.ConvertFromUtf32(0x1F600));
            Expect.Throws<ArgumentOutOfRangeException>(() => char.ConvertFromUtf32(0xD800));
        });
        list.Add("CompareTo is the difference", () => Expect.Equal(-25, 'a'.CompareTo('z')));
        list.Add("IsBetween and IsAscii", () =>
            Expect.That(char.IsBetween('m', 'a', 'z') && !char.IsBetween('M', 'a', 'z') && char.IsAscii('\x7f')
            && !char.IsAscii('\x80')));
    }
}
