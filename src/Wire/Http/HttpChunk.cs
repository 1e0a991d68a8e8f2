using System;

namespace Bootlace.Wire;

/// <summary>The parts of a chunked body around its data (RFC 9112 section 7.1). Like <see cref="HttpHead"/> they are
/// read from the front of a stream's bytes, and while they are incomplete nothing is consumed.</summary>
public static class HttpChunk
{
    /// <summary>Longest chunk header, extensions included.</summary>
    public const int HeaderBytesMax = 4096;

    private const int DigitsMax = 16;

    /// <summary>Reads a chunk's size in front of its data; 0 is the last chunk, the trailer follows. Extensions are
    /// skipped. A size of 2^63 or more is refused.</summary>
    public static bool TryReadHeader(
        ReadOnlySpan<byte> bytes, out ulong sizeBytes, out int consumedBytes, out ParseError error)
    {
        sizeBytes = 0;
        consumedBytes = 0;
        int at = 0;
        if (!HttpLine.TryTake(bytes, ref at, HeaderBytesMax, out ReadOnlySpan<byte> line, out error)) return false;
        int digits = 0;
        ulong size = 0;
        while (digits < line.Length && Ascii.HexValue(line[digits]) is >= 0 and int value)
        {
            error = ParseError.BadLength;
            if (++digits > DigitsMax) return false;
            size = size << 4 | (uint)value;
        }
        ReadOnlySpan<byte> rest = Ascii.Trim(line[digits..]);
        error = ParseError.BadLength;
        if (digits == 0 || size > long.MaxValue || (rest.Length > 0 && rest[0] != ';')) return false;
        error = ParseError.None;
        sizeBytes = size;
        consumedBytes = at;
        return true;
    }

    /// <summary>Reads the line end behind a chunk's data.</summary>
    public static bool TryReadEnd(ReadOnlySpan<byte> bytes, out int consumedBytes, out ParseError error)
    {
        consumedBytes = 0;
        error = ParseError.Incomplete;
        if (bytes.Length == 0 || (bytes.Length == 1 && bytes[0] == '\r')) return false;
        error = ParseError.BadText;
        int end = bytes[0] == '\r' ? 1 : 0;
        if (bytes[end] != '\n') return false;
        error = ParseError.None;
        consumedBytes = end + 1;
        return true;
    }

    /// <summary>Reads the trailer behind the last chunk: fields, which nobody needs, and an empty line.</summary>
    public static bool TryReadTrailer(ReadOnlySpan<byte> bytes, out int consumedBytes, out ParseError error)
    {
        consumedBytes = 0;
        int at = 0;
        for (int lines = 0; ; lines++)
        {
            if (!HttpLine.TryTake(bytes, ref at, HttpHead.BytesMax, out ReadOnlySpan<byte> line, out error))
                return false;
            if (line.Length == 0) break;
            error = lines == HttpHead.FieldsMax ? ParseError.TooMany : ParseError.BadText;
            if (lines == HttpHead.FieldsMax || !HttpLine.IsField(line)) return false;
        }
        consumedBytes = at;
        return true;
    }
}
