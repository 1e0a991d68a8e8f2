using System;

namespace Bootlace.Transfer;

/// <summary>A Content-Range field of bytes (RFC 9110 section 14.4): which part a 206 carries, or of a 416 only the
/// whole length.
/// </summary>
internal readonly record struct HttpRange(ulong First, ulong CountBytes, ulong? Total)
{
    /// <summary>Reads <c>bytes 5-9/10</c>, <c>bytes 5-9/*</c> or <c>bytes */10</c>, the last as zero bytes at
    /// zero.</summary>
    public static bool TryRead(string text, out HttpRange range)
    {
        range = default;
        const string unit = "bytes ";
        if (!text.StartsWith(unit, StringComparison.OrdinalIgnoreCase)) return false;
        string rest = text[unit.Length..].Trim();
        int slash = rest.IndexOf('/');
        if (slash < 0) return false;
        ulong? total = null;
        if (rest[(slash + 1)..] != "*")
        {
            if (!TryReadNumber(rest[(slash + 1)..], out ulong number)) return false;
            total = number;
        }
        rest = rest[..slash];
        if (rest == "*")
        {
            range = new HttpRange(0, 0, total);
            return total is not null;
        }
        int dash = rest.IndexOf('-');
        if (dash < 0 || !TryReadNumber(rest[..dash], out ulong first)
            || !TryReadNumber(rest[(dash + 1)..], out ulong last))
            return false;
        if (last < first || last == ulong.MaxValue || (total is { } whole && last >= whole)) return false;
        range = new HttpRange(first, last - first + 1, total);
        return true;
    }

    private static bool TryReadNumber(string text, out ulong value)
    {
        value = 0;
        foreach (char c in text)
        {
            uint digit = (uint)(c - '0');
            if (digit > 9 || value > (ulong.MaxValue - digit) / 10) return false;
            value = value * 10 + digit;
        }
        return text.Length > 0;
    }
}
