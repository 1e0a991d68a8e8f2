using System;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>What matters of the answer to a request for a part of a file, kept after its bytes are gone. Taking it
/// allocates nothing.</summary>
internal readonly struct RangeAnswer
{
    private RangeAnswer(HttpHead head, HttpRange range)
    {
        Status = head.Status;
        Range = range;
        IsChunked = head.HasWord("Transfer-Encoding", "chunked");
        IsSound = !HasOtherCoding(head) && (IsChunked || head.ContentLength is not { } length
            || length == range.CountBytes);
        IsKeptAlive = !head.HasWord("Connection", "close")
            && (head.MinorVersion > 0 || head.HasWord("Connection", "keep-alive"))
            && (IsChunked != head.ContentLength.HasValue);
    }

    /// <summary>The status.</summary>
    public int Status { get; }

    /// <summary>Which part of the file follows.</summary>
    public HttpRange Range { get; }

    /// <summary>The body comes in chunks.</summary>
    public bool IsChunked { get; }

    /// <summary>Lengths agree, and the coding is one we know.</summary>
    public bool IsSound { get; }

    /// <summary>The server will take another request on this connection, and where the body ends is known.</summary>
    public bool IsKeptAlive { get; }

    /// <summary>Takes it from a 206.</summary>
    public static bool TryTake(HttpHead head, out RangeAnswer answer)
    {
        answer = default;
        if (!head.TryFind("Content-Range", out ReadOnlySpan<byte> text)) return false;
        if (!HttpRange.TryRead(text, out HttpRange range) || range.CountBytes == 0) return false;
        answer = new RangeAnswer(head, range);
        return answer.IsSound;
    }

    private static bool HasOtherCoding(HttpHead head)
    {
        foreach (HttpField field in head.Fields)
        {
            if (!field.Is("Transfer-Encoding") && !field.Is("Content-Encoding")) continue;
            bool isKnown = Ascii.EqualsIgnoreCase(field.Value, "identity")
                || Ascii.EqualsIgnoreCase(field.Value, "chunked") && field.Is("Transfer-Encoding");
            if (!isKnown) return true;
        }
        return false;
    }
}
