using System;

namespace Bootlace.Wire;

/// <summary>The head of an HTTP/1 response: status line and fields (RFC 9112). Bytes stay where they are.</summary>
public readonly ref struct HttpHead
{
    /// <summary>Longest head accepted, and the most fields in one.</summary>
    public const int BytesMax = 32 * 1024, FieldsMax = 200;

    private const int StatusOffset = 9, ReasonOffset = 13, StatusLineBytesMin = 12;

    private readonly ReadOnlySpan<byte> _statusLine;
    private readonly ReadOnlySpan<byte> _fields;   // lines with their ends, without the empty one

    private HttpHead(ReadOnlySpan<byte> statusLine, ReadOnlySpan<byte> fields, int countBytes)
    {
        _statusLine = statusLine;
        _fields = fields;
        Bytes = countBytes;
    }

    /// <summary>Reads a head from the front of a stream's bytes. False with <see cref="ParseError.Incomplete"/> while
    /// its end is not there yet: nothing is consumed. Lines may end with LF alone. A NUL, a bare CR, a folded line or a
    /// field without a proper name is refused, and so are contradictory lengths.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HttpHead head, out ParseError error)
    {
        head = default;
        int at = 0;
        ReadOnlySpan<byte> statusLine = default;
        for (int lines = 0; ; lines++)
        {
            if (!HttpLine.TryTake(bytes, ref at, BytesMax, out ReadOnlySpan<byte> line, out error)) return false;
            if (lines == 0)
            {
                statusLine = line;
                if (!IsStatusLine(line)) return Refuse(ParseError.BadVersion, out error);
                continue;
            }
            if (line.Length == 0) break;
            if (lines > FieldsMax) return Refuse(ParseError.TooMany, out error);
            if (!HttpLine.IsField(line)) return Refuse(ParseError.BadText, out error);
        }
        int fieldsAt = bytes.IndexOf((byte)'\n') + 1;
        head = new HttpHead(statusLine, bytes[fieldsAt..at], at);
        if (head.TryReadLength(out ulong? length))
        {
            head = new HttpHead(statusLine, bytes[fieldsAt..at], at) { ContentLength = length };
            return true;
        }
        head = default;
        return Refuse(ParseError.BadLength, out error);
    }

    private static bool Refuse(ParseError reason, out ParseError error)
    {
        error = reason;
        return false;
    }

    /// <summary>"HTTP/1.x NNN", then nothing or a blank and the reason.</summary>
    private static bool IsStatusLine(ReadOnlySpan<byte> line)
    {
        if (line.Length < StatusLineBytesMin || !line.StartsWith("HTTP/1."u8) || line[8] != ' ') return false;
        if (line.Length > StatusLineBytesMin && line[StatusLineBytesMin] != ' ') return false;
        return char.IsAsciiDigit((char)line[7]) && line[StatusOffset] is >= (byte)'1' and <= (byte)'9'
            && char.IsAsciiDigit((char)line[10]) && char.IsAsciiDigit((char)line[11]);
    }

    /// <summary>Length of the head with the empty line behind it: what the caller consumes.</summary>
    public int Bytes { get; }

    /// <summary>The status, 100 to 999.</summary>
    public int Status => 100 * Digit(StatusOffset) + 10 * Digit(StatusOffset + 1) + Digit(StatusOffset + 2);

    /// <summary>The minor version: HTTP/1.0 closes the connection unless told otherwise.</summary>
    public int MinorVersion => Digit(7);

    /// <summary>The reason in words, perhaps empty.</summary>
    public ReadOnlySpan<byte> Reason => _statusLine.Length > ReasonOffset ? _statusLine[ReasonOffset..] : default;

    /// <summary>The Content-Length, if there is one.</summary>
    public ulong? ContentLength { get; private init; }

    /// <summary>The fields, in the order sent.</summary>
    public HttpFields Fields => new(_fields);

    /// <summary>Finds the first field of that name, whatever its case; blanks around the value are left out.</summary>
    public bool TryFind(string name, out ReadOnlySpan<byte> value)
    {
        foreach (HttpField field in Fields)
        {
            if (!field.Is(name)) continue;
            value = field.Value;
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>Whether one of the fields of that name has the word in its comma-separated list, whatever its case:
    /// <c>Connection: close</c>, <c>Transfer-Encoding: chunked</c>.</summary>
    public bool HasWord(string name, string word)
    {
        foreach (HttpField field in Fields)
        {
            if (!field.Is(name)) continue;
            ReadOnlySpan<byte> rest = field.Value;
            while (TryTakeListItem(ref rest, out ReadOnlySpan<byte> item))
            {
                if (Ascii.EqualsIgnoreCase(item, word)) return true;
            }
        }
        return false;
    }

    private int Digit(int offset) => _statusLine[offset] - '0';

    /// <summary>All Content-Length values, of one list or of several fields, must be the same number (RFC 9110 section
    /// 8.6).
    /// </summary>
    private bool TryReadLength(out ulong? length)
    {
        length = null;
        foreach (HttpField field in Fields)
        {
            if (!field.Is("Content-Length")) continue;
            ReadOnlySpan<byte> rest = field.Value;
            if (rest.Length == 0) return false;
            while (TryTakeListItem(ref rest, out ReadOnlySpan<byte> item))
            {
                if (!Ascii.TryReadDecimal(item, out ulong value) || (length is ulong other && other != value))
                    return false;
                length = value;
            }
        }
        return true;
    }

    private static bool TryTakeListItem(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> item)
    {
        item = default;
        if (rest.Length == 0) return false;
        int comma = rest.IndexOf((byte)',');
        item = Ascii.Trim(comma < 0 ? rest : rest[..comma]);
        rest = comma < 0 ? default : rest[(comma + 1)..];
        return true;
    }
}
