namespace System.Text;

/// <summary>Text to bytes and back. What cannot be expressed becomes a replacement character, as in .NET.</summary>
public abstract partial class Encoding
{
    public static Encoding ASCII { get; } = new SingleByteEncoding(0x7F);

    public static Encoding Latin1 { get; } = new SingleByteEncoding(0xFF);

    public static Encoding UTF8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

    public static Encoding Unicode { get; } = new UnicodeEncoding();

    public virtual ReadOnlySpan<byte> Preamble => GetPreamble();

    public virtual byte[] GetPreamble() => [];

    public abstract int GetMaxByteCount(int charCount);

    public abstract int GetMaxCharCount(int byteCount);

    public int GetByteCount(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Encode(s.AsSpan(), default, countOnly: true);
    }

    public int GetByteCount(char[] chars)
    {
        ArgumentNullException.ThrowIfNull(chars);
        return Encode(chars, default, countOnly: true);
    }

    public int GetByteCount(ReadOnlySpan<char> chars) => Encode(chars, default, countOnly: true);

    public byte[] GetBytes(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return NewBytes(s.AsSpan());
    }

    public byte[] GetBytes(char[] chars)
    {
        ArgumentNullException.ThrowIfNull(chars);
        return NewBytes(chars);
    }

    public byte[] GetBytes(char[] chars, int index, int count) => NewBytes(chars.AsSpan(index, count));

    public int GetBytes(ReadOnlySpan<char> chars, Span<byte> bytes)
    {
        if (!TryGetBytes(chars, bytes, out int written))
            throw new ArgumentException("The output byte buffer is too small to contain the encoded data.",
                nameof(bytes));
        return written;
    }

    public int GetBytes(string s, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        GetBytes(s.AsSpan(charIndex, charCount), bytes.AsSpan(byteIndex));

    public bool TryGetBytes(ReadOnlySpan<char> chars, Span<byte> bytes, out int bytesWritten)
    {
        bytesWritten = 0;
        // Only where it may not fit is the text looked at twice.
        if ((long)bytes.Length < (long)chars.Length * BytesPerCharMax
            && Encode(chars, default, countOnly: true) > bytes.Length) return false;
        bytesWritten = Encode(chars, bytes, countOnly: false);
        return true;
    }

    public int GetCharCount(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Decode(bytes, default, countOnly: true);
    }

    public int GetCharCount(ReadOnlySpan<byte> bytes) => Decode(bytes, default, countOnly: true);

    public char[] GetChars(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var chars = new char[Decode(bytes, default, countOnly: true)];
        Decode(bytes, chars, countOnly: false);
        return chars;
    }

    public int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (!TryGetChars(bytes, chars, out int written))
            throw new ArgumentException("The output char buffer is too small to contain the decoded characters.",
                nameof(chars));
        return written;
    }

    public bool TryGetChars(ReadOnlySpan<byte> bytes, Span<char> chars, out int charsWritten)
    {
        charsWritten = 0;
        if (chars.Length < bytes.Length && Decode(bytes, default, countOnly: true) > chars.Length) return false;
        charsWritten = Decode(bytes, chars, countOnly: false);
        return true;
    }

    public string GetString(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return GetString((ReadOnlySpan<byte>)bytes);
    }

    public string GetString(byte[] bytes, int index, int count) =>
        GetString((ReadOnlySpan<byte>)bytes.AsSpan(index, count));

    public string GetString(ReadOnlySpan<byte> bytes)
    {
        int count = Decode(bytes, default, countOnly: true);
        if (count == 0) return "";
        string text = string.FastAllocateString(count);
        Decode(bytes, string.Room(text), countOnly: false);
        return text;
    }

    private protected abstract int BytesPerCharMax { get; }

    /// <summary>Returns how many bytes <paramref name="chars"/> take and, unless it only counts, writes them; they
    /// fit.</summary>
    private protected abstract int Encode(ReadOnlySpan<char> chars, Span<byte> bytes, bool countOnly);

    /// <summary>Returns how many characters <paramref name="bytes"/> give and, unless it only counts, writes them; they
    /// fit.</summary>
    private protected abstract int Decode(ReadOnlySpan<byte> bytes, Span<char> chars, bool countOnly);

    private byte[] NewBytes(ReadOnlySpan<char> chars)
    {
        int count = Encode(chars, default, countOnly: true);
        if (count == 0) return [];
        var bytes = new byte[count];
        Encode(chars, bytes, countOnly: false);
        return bytes;
    }
}
