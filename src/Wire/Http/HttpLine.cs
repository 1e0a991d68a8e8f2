using System;

namespace Bootlace.Wire;

/// <summary>Lines of an HTTP head, of a chunk header or of a trailer.</summary>
internal static class HttpLine
{
    /// <summary>Takes the line at <paramref name="at"/>, without its LF or CR LF, and moves behind it. Everything up to
    /// the line's end must lie within the first <paramref name="bytesMax"/> bytes.</summary>
    public static bool TryTake(
        ReadOnlySpan<byte> bytes, scoped ref int at, int bytesMax, out ReadOnlySpan<byte> line, out ParseError error)
    {
        line = default;
        ReadOnlySpan<byte> rest = bytes[at..];
        int end = rest.IndexOf((byte)'\n');
        error = ParseError.TooMany;
        if (end < 0 ? bytes.Length >= bytesMax : end >= bytesMax - at) return false;
        error = ParseError.BadText;
        ReadOnlySpan<byte> found = end < 0 ? rest : rest[..end];
        if (found.Contains((byte)0)) return false;
        error = ParseError.Incomplete;
        if (end < 0) return false;
        if (end > 0 && rest[end - 1] == '\r') found = rest[..(end - 1)];
        error = ParseError.BadText;
        if (found.Contains((byte)'\r')) return false;
        error = ParseError.None;
        line = found;
        at += end + 1;
        return true;
    }

    /// <summary>A name of token characters, not empty, a colon directly behind it (RFC 9112 section 5.1).</summary>
    public static bool IsField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0) return false;
        for (int i = 0; i < colon; i++)
        {
            if (line[i] is <= (byte)' ' or >= 0x7f || "\"(),/;<=>?@[\\]{}"u8.Contains(line[i])) return false;
        }
        return true;
    }
}
