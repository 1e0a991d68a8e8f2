using System;

namespace Bootlace.Uefi;

/// <summary>CHAR16 strings of the firmware: never trusted to end.</summary>
internal static unsafe class Text
{
    /// <summary>Reads up to the NUL, but no more than <paramref name="charsMax"/>.</summary>
    public static string Read(char* text, int charsMax)
    {
        if (text == null) return "";
        int length = 0;
        while (length < charsMax && text[length] != '\0') length++;
        return new string(text, 0, length);
    }

    /// <summary>Writes a string and its NUL to <paramref name="target"/>, which must have room for both.</summary>
    public static void Write(string text, char* target)
    {
        text.AsSpan().CopyTo(new Span<char>(target, text.Length));
        target[text.Length] = '\0';
    }

    /// <summary>Bytes of a string with its NUL.</summary>
    public static nuint BytesOf(string text) => ((nuint)text.Length + 1) * sizeof(char);
}
