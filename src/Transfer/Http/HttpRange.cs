using System;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>A Content-Range field of bytes (RFC 9110 section 14.4): which part a 206 carries, or of a 416 only the
/// whole length.
/// </summary>
internal readonly record struct HttpRange(ulong First, ulong CountBytes, ulong? Total)
{
    /// <summary>Reads <c>bytes 5-9/10</c>, <c>bytes 5-9/*</c> or <c>bytes */10</c>, the last as zero bytes at
    /// zero.</summary>
    public static bool TryRead(string text, out HttpRange range) =>
        TryRead(System.Text.Encoding.UTF8.GetBytes(text), out range);

    /// <summary>The same from the bytes of a head, allocating nothing.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out HttpRange range)
    {
        range = default;
        const string unit = "bytes ";
        if (text.Length < unit.Length || !Ascii.EqualsIgnoreCase(text[..unit.Length], unit)) return false;
        ReadOnlySpan<byte> rest = Ascii.Trim(text[unit.Length..]);
        int slash = rest.IndexOf((byte)'/');
        if (slash < 0) return false;
        ulong? total = null;
        if (!rest[(slash + 1)..].SequenceEqual("*"u8))
        {
            if (!Ascii.TryReadDecimal(rest[(slash + 1)..], out ulong number)) return false;
            total = number;
        }
        rest = rest[..slash];
        if (rest.SequenceEqual("*"u8))
        {
            range = new HttpRange(0, 0, total);
            return total is not null;
        }
        int dash = rest.IndexOf((byte)'-');
        if (dash < 0 || !Ascii.TryReadDecimal(rest[..dash], out ulong first)
            || !Ascii.TryReadDecimal(rest[(dash + 1)..], out ulong last))
            return false;
        if (last < first || last == ulong.MaxValue || (total is { } whole && last >= whole)) return false;
        range = new HttpRange(first, last - first + 1, total);
        return true;
    }
}
