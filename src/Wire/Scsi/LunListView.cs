using System;

namespace Bootlace.Wire;

/// <summary>The logical units of a target: the answer to REPORT LUNS (SPC-4 section 6.33), as much of it as there was
/// room for.</summary>
public readonly ref struct LunListView
{
    /// <summary>Length of the header.</summary>
    public const int HeaderBytes = 8;

    /// <summary>Length of each entry.</summary>
    public const int LunBytes = 8;

    private readonly ReadOnlySpan<byte> _luns;

    private LunListView(ReadOnlySpan<byte> luns) => _luns = luns;

    /// <summary>Reads an answer. One that is longer than the room for it was is cut; half an entry does not count.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LunListView list, out ParseError error)
    {
        list = default;
        error = ParseError.TooShort;
        if (bytes.Length < HeaderBytes) return false;
        uint listBytes = Math.Min(BigEndian.ReadU32(bytes, 0), (uint)(bytes.Length - HeaderBytes));
        list = new LunListView(bytes.Slice(HeaderBytes, (int)(listBytes / LunBytes * LunBytes)));
        error = ParseError.None;
        return true;
    }

    /// <summary>Number of entries that are there.</summary>
    public int Count => _luns.Length / LunBytes;

    /// <summary>An entry's eight bytes as a big-endian number.</summary>
    public ulong this[int index] => BigEndian.ReadU64(_luns, index * LunBytes);
}
