namespace System;

public static partial class Convert
{
    private const string Base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static string ToBase64String(byte[] inArray)
    {
        ArgumentNullException.ThrowIfNull(inArray);
        return ToBase64String((ReadOnlySpan<byte>)inArray);
    }

    public static string ToBase64String(byte[] inArray, int offset, int length) =>
        ToBase64String((ReadOnlySpan<byte>)inArray.AsSpan(offset, length));

    public static string ToBase64String(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "";
        string text = string.FastAllocateString(checked((bytes.Length + 2) / 3 * 4));
        TryToBase64Chars(bytes, string.Room(text), out _);
        return text;
    }

    public static bool TryToBase64Chars(ReadOnlySpan<byte> bytes, Span<char> chars, out int charsWritten)
    {
        charsWritten = 0;
        if ((bytes.Length + 2) / 3 > chars.Length / 4) return false;
        for (int i = 0; i < bytes.Length; i += 3)
        {
            int left = bytes.Length - i;
            int group = bytes[i] << 16 | (left > 1 ? bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
            chars[charsWritten++] = Base64Alphabet[group >> 18];
            chars[charsWritten++] = Base64Alphabet[group >> 12 & 63];
            chars[charsWritten++] = left > 1 ? Base64Alphabet[group >> 6 & 63] : '=';
            chars[charsWritten++] = left > 2 ? Base64Alphabet[group & 63] : '=';
        }
        return true;
    }

    public static byte[] FromBase64String(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return FromBase64(s.AsSpan());
    }

    public static byte[] FromBase64CharArray(char[] inArray, int offset, int length) =>
        FromBase64(inArray.AsSpan(offset, length));

    public static bool TryFromBase64String(string s, Span<byte> bytes, out int bytesWritten)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryFromBase64Chars(s.AsSpan(), bytes, out bytesWritten);
    }

    /// <summary>White space anywhere is skipped; the padding must be there. False for what is not base64 and for what
    /// does not fit.</summary>
    public static bool TryFromBase64Chars(ReadOnlySpan<char> chars, Span<byte> bytes, out int bytesWritten)
    {
        bytesWritten = 0;
        int group = 0, digits = 0, padding = 0, written = 0;
        for (int i = 0; i < chars.Length; i++)
        {
            char c = chars[i];
            if (c is ' ' or '\t' or '\r' or '\n') continue;
            if (c == '=')
            {
                if (++padding > 2 || (digits & 3) < 2) return false;
                digits++;
                if ((digits & 3) == 0 && !Flush(group, 3 - padding, bytes, ref written)) return false;
                group <<= 6;
                continue;
            }
            int value = Base64Digit(c);
            if (value < 0 || padding > 0) return false;
            group = group << 6 | value;
            if ((++digits & 3) != 0) continue;
            if (!Flush(group, 3, bytes, ref written)) return false;
            group = 0;
        }
        if ((digits & 3) != 0) return false;
        bytesWritten = written;
        return true;
    }

    private static byte[] FromBase64(ReadOnlySpan<char> chars)
    {
        var room = new byte[chars.Length / 4 * 3 + 3];
        if (!TryFromBase64Chars(chars, room,
            out int count)) throw new FormatException("The input is not a valid Base-64 string.");
        return room.AsSpan(0, count).ToArray();
    }

    // Writes the first `count` of the three bytes of a group of four digits. Padding digits have not been shifted in.
    private static bool Flush(int group, int count, Span<byte> target, ref int written)
    {
        if (target.Length - written < count) return false;
        if (count < 3) group <<= 6;
        for (int i = 0; i < count; i++) target[written++] = (byte)(group >> 16 - 8 * i);
        return true;
    }

    private static int Base64Digit(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
