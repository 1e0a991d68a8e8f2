using System;
using System.Collections.Generic;
using System.Text;

namespace Bootlace.Script;

/// <summary>The language's text: strings in which every character is one byte, 0 to 255. Scripts and values pass
/// through it unchanged whatever bytes they hold; UTF-8 is decoded only where text leaves for the screen, a URI or
/// another program.</summary>
public static class ByteText
{
    /// <summary>One character per byte.</summary>
    public static string FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) return "";
        char[] text = new char[bytes.Length];
        for (int i = 0; i < text.Length; i++) text[i] = (char)bytes[i];
        return new string(text);
    }

    /// <summary>One byte per character; a character beyond 255 (there should be none) becomes '?'.</summary>
    public static byte[] ToBytes(string text)
    {
        byte[] bytes = new byte[text.Length];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = text[i] <= 0xff ? (byte)text[i] : (byte)'?';
        return bytes;
    }

    /// <summary>Ordinary text: the bytes read as UTF-8.</summary>
    public static string ToUnicode(string text) => IsAscii(text) ? text : Encoding.UTF8.GetString(ToBytes(text));

    /// <summary>The bytes of ordinary text as UTF-8.</summary>
    public static string FromUnicode(string text) => IsAscii(text) ? text : FromBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>C's <c>isspace</c>: what separates words.</summary>
    public static bool IsSpace(char c) => c == ' ' || (c >= '\t' && c <= '\r');

    /// <summary>The words from <paramref name="first"/> on, joined by one blank each.</summary>
    public static string Join(IReadOnlyList<string> words, int first)
    {
        if (first >= words.Count) return "";
        if (first == words.Count - 1) return words[first];
        var text = new StringBuilder(words[first]);
        for (int i = first + 1; i < words.Count; i++) text.Append(' ').Append(words[i]);
        return text.ToString();
    }

    private static bool IsAscii(string text)
    {
        foreach (char c in text)
        {
            if (c > 0x7f) return false;
        }
        return true;
    }
}
