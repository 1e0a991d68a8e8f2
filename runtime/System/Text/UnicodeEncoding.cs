using System.Buffers.Binary;

namespace System.Text;

/// <summary>UTF-16, little-endian. Lone surrogates and an odd last byte become U+FFFD.</summary>
public class UnicodeEncoding : Encoding
{
    public override byte[] GetPreamble() => [0xFF, 0xFE];

    public override int GetMaxByteCount(int charCount) => checked((charCount + 1) * 2);

    public override int GetMaxCharCount(int byteCount) => (byteCount >> 1) + (byteCount & 1) + 1;

    private protected override int BytesPerCharMax => 2;

    private protected override int Encode(ReadOnlySpan<char> chars, Span<byte> bytes, bool countOnly)
    {
        if (countOnly) return checked(2 * chars.Length);
        for (int i = 0; i < chars.Length; i++)
        {
            char c = chars[i];
            if (char.IsSurrogate(c))
            {
                bool inPair = i + 1 < chars.Length && char.IsSurrogatePair(c, chars[i + 1]);
                if (inPair)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes.Slice(2 * i), c);
                    c = chars[++i];
                }
                else
                {
                    c = '\uFFFD';
                }
            }
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.Slice(2 * i), c);
        }
        return 2 * chars.Length;
    }

    private protected override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars, bool countOnly)
    {
        int count = bytes.Length / 2;
        int written = count + (bytes.Length & 1);
        if (countOnly) return written;
        for (int i = 0; i < count; i++)
        {
            char c = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(2 * i));
            if (char.IsSurrogate(c))
            {
                char next = i + 1 < count ? (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(2 * i + 2))
                    : '\0';
                if (char.IsSurrogatePair(c, next))
                {
                    chars[i++] = c;
                    c = next;
                }
                else
                {
                    c = '\uFFFD';
                }
            }
            chars[i] = c;
        }
        if (written > count) chars[count] = '\uFFFD';
        return written;
    }
}
