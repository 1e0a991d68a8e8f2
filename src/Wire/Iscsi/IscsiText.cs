using System;

namespace Bootlace.Wire;

/// <summary>The text of a login or of a text exchange: <c>key=value</c> pairs, each ended by a NUL (RFC 7143 sections
/// 6.1 and 6.2). Text that continues over several PDUs is joined before it is read. However long, it is read where it
/// stands and nothing is kept of it.</summary>
public readonly ref struct IscsiText
{
    /// <summary>The longest key.</summary>
    public const int KeyBytesMax = 63;

    private readonly ReadOnlySpan<byte> _bytes;

    private IscsiText(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Verifies all pairs. Refused are a pair without its NUL, without <c>=</c>, and a key that is none.
    /// Additional NULs are passed over. No bytes are no pairs.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IscsiText text, out ParseError error)
    {
        text = default;
        error = ParseError.None;
        for (ReadOnlySpan<byte> rest = bytes; rest.Length > 0;)
        {
            int end = rest.IndexOf((byte)0);
            error = end < 0 ? ParseError.TooShort : ParseError.BadText;
            if (end < 0 || end > 0 && !IsPair(rest[..end])) return false;
            rest = rest[(end + 1)..];
        }
        error = ParseError.None;
        text = new IscsiText(bytes);
        return true;
    }

    /// <summary>The pairs in their order, for <c>foreach</c>.</summary>
    public IscsiTextPairs GetEnumerator() => new(_bytes);

    /// <summary>Finds the first pair of that key; keys are case-sensitive.</summary>
    public bool TryFind(string key, out ReadOnlySpan<byte> value)
    {
        foreach (IscsiTextPair pair in this)
        {
            if (!pair.Is(key)) continue;
            value = pair.Value;
            return true;
        }
        value = default;
        return false;
    }

    private static bool IsPair(ReadOnlySpan<byte> pair)
    {
        int keyBytes = pair.IndexOf((byte)'=');
        if (keyBytes is < 1 or > KeyBytesMax) return false;
        foreach (byte letter in pair[..keyBytes])
        {
            bool isGood = (letter | 0x20) is >= 'a' and <= 'z' || letter is >= (byte)'0' and <= (byte)'9'
                or (byte)'.' or (byte)'-' or (byte)'+' or (byte)'@' or (byte)'_';
            if (!isGood) return false;
        }
        return true;
    }
}
