namespace System.Text;

/// <summary>UTF-8. Each maximal part of an ill-formed sequence becomes one U+FFFD (Unicode 3.9), or an exception where
/// asked for.</summary>
public class UTF8Encoding : Encoding
{
    private readonly bool _identifier;
    private readonly bool _strict;

    public UTF8Encoding() : this(false, false) { }

    public UTF8Encoding(bool encoderShouldEmitUTF8Identifier) : this(encoderShouldEmitUTF8Identifier, false) { }

    public UTF8Encoding(bool encoderShouldEmitUTF8Identifier, bool throwOnInvalidBytes)
    {
        _identifier = encoderShouldEmitUTF8Identifier;
        _strict = throwOnInvalidBytes;
    }

    public override byte[] GetPreamble() => _identifier ? [0xEF, 0xBB, 0xBF] : [];

    public override int GetMaxByteCount(int charCount) => checked((charCount + 1) * 3);

    public override int GetMaxCharCount(int byteCount) => checked(byteCount + 1);

    private protected override int BytesPerCharMax => 3;

    private protected override int Encode(ReadOnlySpan<char> chars, Span<byte> bytes, bool countOnly)
    {
        int written = 0;
        for (int i = 0; i < chars.Length; i++)
        {
            int scalar = chars[i];
            if (scalar < 0x80)
            {
                if (!countOnly) bytes[written] = (byte)scalar;
                written++;
                continue;
            }
            if (char.IsSurrogate((char)scalar))
            {
                if (i + 1 < chars.Length && char.IsSurrogatePair((char)scalar, chars[i + 1]))
                    scalar = char.ConvertToUtf32((char)scalar, chars[++i]);
                else if (_strict) throw new EncoderFallbackException("Unable to translate a lone surrogate at index "
                    + i.ToString() + ".");
                else scalar = 0xFFFD;
            }
            int length = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
            if (!countOnly) Put(scalar, length, bytes.Slice(written));
            written += length;
        }
        return written;
    }

    private protected override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars, bool countOnly)
    {
        int written = 0;
        for (int i = 0; i < bytes.Length;)
        {
            if (bytes[i] < 0x80)
            {
                if (!countOnly) chars[written] = (char)bytes[i];
                written++;
                i++;
                continue;
            }
            if (!TryTake(bytes.Slice(i), out int scalar, out int length))
            {
                if (_strict) throw new DecoderFallbackException("Unable to translate bytes at index " + i.ToString()
                    + ".");
                scalar = 0xFFFD;
            }
            i += length;
            if (scalar < 0x10000)
            {
                if (!countOnly) chars[written] = (char)scalar;
                written++;
                continue;
            }
            if (!countOnly)
            {
                chars[written] = (char)(0xD800 + (scalar - 0x10000 >> 10));
                chars[written + 1] = (char)(0xDC00 + (scalar & 0x3FF));
            }
            written += 2;
        }
        return written;
    }

    /// <summary>Reads one scalar value. If it is ill-formed, <paramref name="length"/> is that of the maximal part to
    /// replace.
    /// </summary>
    internal static bool TryTake(ReadOnlySpan<byte> bytes, out int scalar, out int length)
    {
        int lead = bytes[0];
        length = 1;
        scalar = lead;
        if (lead < 0x80) return true;
        int following = lead switch
        {
            >= 0xC2 and <= 0xDF => 1,
            >= 0xE0 and <= 0xEF => 2,
            >= 0xF0 and <= 0xF4 => 3,
            _ => 0,
        };
        if (following == 0) return false;
        scalar = lead & (0x3F >> following);
        // The first continuation byte is what tells overlong forms, surrogates and values above U+10FFFF.
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        for (; following > 0; following--)
        {
            if (length == bytes.Length || bytes[length] < low || bytes[length] > high) return false;
            scalar = scalar << 6 | bytes[length++] & 0x3F;
            low = 0x80;
            high = 0xBF;
        }
        return true;
    }

    private static void Put(int scalar, int length, Span<byte> target)
    {
        for (int i = length - 1; i > 0; i--)
        {
            target[i] = (byte)(0x80 | scalar & 0x3F);
            scalar >>= 6;
        }
        target[0] = (byte)(0xF00 >> length | scalar);
    }
}
