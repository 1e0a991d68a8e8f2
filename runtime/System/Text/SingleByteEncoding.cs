namespace System.Text;

/// <summary>One byte per character: ASCII and Latin-1.</summary>
internal sealed class SingleByteEncoding(int greatest) : Encoding
{
    public override int GetMaxByteCount(int charCount) => checked(charCount + 1);

    public override int GetMaxCharCount(int byteCount) => byteCount;

    private protected override int BytesPerCharMax => 1;

    private protected override int Encode(ReadOnlySpan<char> chars, Span<byte> bytes, bool countOnly)
    {
        if (countOnly) return chars.Length;
        for (int i = 0; i < chars.Length; i++) bytes[i] = chars[i] <= greatest ? (byte)chars[i] : (byte)'?';
        return chars.Length;
    }

    private protected override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars, bool countOnly)
    {
        if (countOnly) return bytes.Length;
        for (int i = 0; i < bytes.Length; i++) chars[i] = bytes[i] <= greatest ? (char)bytes[i] : '?';
        return bytes.Length;
    }
}
