using System;

namespace Bootlace.Wire;

/// <summary>A MIME message or a part of one: head and body (RFC 2045). Bytes stay where they are.</summary>
public readonly ref struct MimeEntity
{
    /// <summary>Longest head taken, and the most lines in one.</summary>
    public const int HeadBytesMax = 16 * 1024, HeadLinesMax = 128;

    private const int BoundaryBytesMax = 70;   // RFC 2046 section 5.1.1

    private MimeEntity(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> encoding, ReadOnlySpan<byte> body)
    {
        ContentType = contentType;
        Encoding = encoding;
        Body = body;
    }

    /// <summary>The value of Content-Type with its parameters, folded lines included; empty: none is given.</summary>
    public ReadOnlySpan<byte> ContentType { get; }

    /// <summary>The value of Content-Transfer-Encoding; empty: none is given, which means 7bit.</summary>
    public ReadOnlySpan<byte> Encoding { get; }

    /// <summary>What follows the empty line.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Reads an entity: fields, an empty line, then whatever there is. Lines may end with LF alone. Without a
    /// body it is refused as too short.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MimeEntity entity, out ParseError error)
    {
        entity = default;
        error = ParseError.BadText;
        ReadOnlySpan<byte> contentType = default, encoding = default;
        int at = 0;
        for (int lines = 0; ; lines++)
        {
            if (lines == HeadLinesMax || at > HeadBytesMax)
            {
                error = ParseError.TooMany;
                return false;
            }
            int start = at;
            if (!TryTakeField(bytes, ref at, out ReadOnlySpan<byte> line))
            {
                error = ParseError.TooShort;
                return false;
            }
            if (line.Length == 0) break;
            int colon = line.IndexOf((byte)':');
            if (colon <= 0 || !IsName(line[..colon])) return false;
            ReadOnlySpan<byte> name = line[..colon], value = Ascii.Trim(line[(colon + 1)..]);
            if (contentType.Length == 0 && Ascii.EqualsIgnoreCase(name, "Content-Type")) contentType = value;
            if (encoding.Length == 0 && Ascii.EqualsIgnoreCase(name, "Content-Transfer-Encoding")) encoding = value;
            Check.That(at > start);
        }
        entity = new MimeEntity(contentType, encoding, bytes[at..]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Whether the content is of that type, as <c>text/plain</c>, whatever its case and parameters.</summary>
    public bool IsType(string type)
    {
        int end = ContentType.IndexOf((byte)';');
        return Ascii.EqualsIgnoreCase(Ascii.Trim(end < 0 ? ContentType : ContentType[..end]), type);
    }

    /// <summary>Finds the line that parts a multipart body: the parameter <c>boundary</c>, quoted or not.</summary>
    public bool TryReadBoundary(out ReadOnlySpan<byte> boundary)
    {
        boundary = default;
        ReadOnlySpan<byte> rest = ContentType;
        for (int semicolon = rest.IndexOf((byte)';'); semicolon >= 0; semicolon = rest.IndexOf((byte)';'))
        {
            rest = TrimFolds(rest[(semicolon + 1)..]);
            int equals = rest.IndexOf((byte)'=');
            if (equals < 0) return false;
            bool isBoundary = Ascii.EqualsIgnoreCase(TrimFolds(rest[..equals]), "boundary");
            rest = TrimFolds(rest[(equals + 1)..]);
            bool isQuoted = rest.Length > 0 && rest[0] == '"';
            if (isQuoted) rest = rest[1..];
            int end = isQuoted ? rest.IndexOf((byte)'"') : rest.IndexOfAny("; \t\r\n"u8);
            if (end < 0 && isQuoted) return false;
            if (end < 0) end = rest.Length;
            if (isBoundary)
            {
                boundary = rest[..end];
                return end is > 0 and <= BoundaryBytesMax && boundary.IndexOfAny("\r\n"u8) < 0;
            }
            rest = rest[end..];
        }
        return false;
    }

    /// <summary>Takes the next part of a multipart body (RFC 2046 section 5.1): what stands between two lines of two
    /// hyphens and the boundary. The line end before such a line belongs to it.</summary>
    /// <param name="rest">The body; then what is left of it.</param>
    /// <param name="boundary">The boundary.</param>
    /// <param name="part">The part.</param>
    /// <returns>False: there is no further part.</returns>
    public static bool TryTakePart(
        ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> boundary, out ReadOnlySpan<byte> part)
    {
        part = default;
        if (!TryFindDelimiter(rest, boundary, out _, out int start, out bool isLast) || isLast) return false;
        rest = rest[start..];
        if (!TryFindDelimiter(rest, boundary, out int end, out _, out _)) end = rest.Length;   // cut off: all there is
        part = rest[..end];
        rest = rest[end..];
        return true;
    }

    /// <summary>Finds the next delimiter line: where the part before it ends, and where the next one begins.</summary>
    private static bool TryFindDelimiter(
        ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> boundary, out int end, out int next, out bool isLast)
    {
        for (int at = 0; at < bytes.Length; at = next)
        {
            int length = bytes[at..].IndexOf((byte)'\n');
            next = length < 0 ? bytes.Length : at + length + 1;
            ReadOnlySpan<byte> line = bytes[at..next];
            if (!line.StartsWith("--"u8) || !line[2..].StartsWith(boundary)) continue;
            ReadOnlySpan<byte> tail = line[(2 + boundary.Length)..];
            isLast = tail.StartsWith("--"u8);
            if (TrimFolds(isLast ? tail[2..] : tail).Length > 0) continue;   // a longer boundary
            end = at;
            if (end > 0 && bytes[end - 1] == '\n') end--;
            if (end > 0 && end < at && bytes[end - 1] == '\r') end--;
            return true;
        }
        end = next = bytes.Length;
        isLast = false;
        return false;
    }

    /// <summary>Takes a line, and those below it that begin with a blank: they go on with it.</summary>
    private static bool TryTakeField(ReadOnlySpan<byte> bytes, scoped ref int at, out ReadOnlySpan<byte> field)
    {
        int start = at;
        field = default;
        do
        {
            int length = bytes[at..].IndexOf((byte)'\n');
            if (length < 0) return false;
            int end = at + length;
            at = end + 1;
            if (end > start && bytes[end - 1] == '\r') end--;
            field = bytes[start..end];
        }
        while (field.Length > 0 && at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t');
        return true;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (byte letter in name)
        {
            if (letter is <= (byte)' ' or >= 0x7f) return false;
        }
        return true;
    }

    private static ReadOnlySpan<byte> TrimFolds(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && bytes[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') bytes = bytes[1..];
        while (bytes.Length > 0 && bytes[^1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            bytes = bytes[..^1];
        return bytes;
    }
}
