using System;
using System.Collections.Generic;
using System.Text;

namespace Bootlace.Wire;

/// <summary>A line as sha256sum writes it: the digest, a blank, a blank or a star, the file's name. A backslash in
/// front says that \\, \n and \r stand for themselves in the name.</summary>
public static class DigestLine
{
    private const int NameBytesMax = 4096;

    /// <summary>Reads a line without its end. The digest fills <paramref name="digest"/> exactly.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, Span<byte> digest, out string name, out ParseError error)
    {
        name = "";
        bool isEscaped = line.Length > 0 && line[0] == '\\';
        if (isEscaped) line = line[1..];
        int digits = 2 * digest.Length;
        error = line.Length <= digits + 2 ? ParseError.TooShort : ParseError.None;
        if (error != ParseError.None) return false;
        ReadOnlySpan<byte> written = line[(digits + 2)..];
        bool isBuilt = line[digits] == ' ' && line[digits + 1] is (byte)' ' or (byte)'*'
            && HexDigits.TryRead(line[..digits], digest);
        error = !isBuilt ? ParseError.BadText : written.Length > NameBytesMax ? ParseError.TooMany : ParseError.None;
        if (error != ParseError.None || isEscaped && !TryUnescape(ref written, out error)) return false;
        name = Encoding.UTF8.GetString(written);
        return true;
    }

    private static bool TryUnescape(ref ReadOnlySpan<byte> written, out ParseError error)
    {
        var plain = new List<byte>(written.Length);
        error = ParseError.BadText;
        for (int i = 0; i < written.Length; i++)
        {
            byte letter = written[i];
            if (letter == '\\')
            {
                letter = ++i == written.Length ? (byte)0 : written[i] switch
                {
                    (byte)'\\' => (byte)'\\',
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    _ => (byte)0,
                };
                if (letter == 0) return false;
            }
            plain.Add(letter);
        }
        written = plain.ToArray();
        error = ParseError.None;
        return true;
    }
}
