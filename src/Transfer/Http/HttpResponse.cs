using System;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>What a transfer needs to know of a response head, kept after its bytes are gone.</summary>
internal sealed class HttpResponse
{
    /// <summary>The status, 100 to 999.</summary>
    public required int Status { get; init; }

    /// <summary>Status and reason, for people.</summary>
    public required string StatusText { get; init; }

    /// <summary>Length of the body as announced; null: not announced, or overruled by chunks.</summary>
    public ulong? ContentLength { get; private init; }

    /// <summary>The body comes in chunks.</summary>
    public bool IsChunked { get; private init; }

    /// <summary>The body has a transfer coding other than chunked.</summary>
    public bool HasOtherCoding { get; private init; }

    /// <summary>The server will take another request on this connection.</summary>
    public bool IsKeptAlive { get; private init; }

    /// <summary>Body of several ranges, which we never ask for.</summary>
    public bool IsMultipart { get; private init; }

    /// <summary>Where the server sends us.</summary>
    public string? Location { get; private init; }

    /// <summary>The strong validator of this version of the file, if it has one.</summary>
    public string? EntityTag { get; private init; }

    /// <summary>Date of this version of the file.</summary>
    public string? LastModified { get; private init; }

    /// <summary>Which part of the file this is.</summary>
    public string? ContentRange { get; private init; }

    /// <summary>When to ask again: mostly seconds.</summary>
    public string? RetryAfter { get; private init; }

    /// <summary>Asks for a password by the Basic scheme.</summary>
    public bool OffersBasic { get; private init; }

    private bool AnswersHead { get; init; }

    /// <summary>The response ends with its head: by its status, or because only the head was asked for (RFC 9112
    /// section 6.3).</summary>
    public bool HasNoBody => AnswersHead || Status is < 200 or 204 or 205 or 304;

    /// <summary>Where the response ends can be told without the server closing the connection.</summary>
    public bool IsDelimited => HasNoBody || IsChunked || ContentLength is not null;

    /// <summary>Takes from a head what we need.</summary>
    /// <param name="head">The head.</param>
    /// <param name="answersHead">The request was a HEAD.</param>
    public static HttpResponse From(HttpHead head, bool answersHead = false)
    {
        bool isChunked = false, hasOtherCoding = false, offersBasic = false;
        foreach (HttpField field in head.Fields)
        {
            if (field.Is("Transfer-Encoding"))
            {
                // A second coding, or chunked twice, makes a list, which is not "chunked".
                bool isPlain = !isChunked && IsWord(field.Value, "chunked");
                hasOtherCoding |= !isPlain && !IsWord(field.Value, "identity");
                isChunked |= isPlain;
            }
            else if (field.Is("WWW-Authenticate"))
            {
                offersBasic |= OffersScheme(field.Value, "basic");
            }
        }
        bool isClosing = head.HasWord("Connection", "close");
        bool isOld = head.MinorVersion == 0 && !head.HasWord("Connection", "keep-alive");
        return new HttpResponse
        {
            Status = head.Status,
            AnswersHead = answersHead,
            StatusText = head.Reason.Length > 0 ? $"{head.Status} {Printable(head.Reason)}" : $"{head.Status}",
            ContentLength = isChunked ? null : head.ContentLength,
            IsChunked = isChunked,
            HasOtherCoding = hasOtherCoding,
            // Chunks and a length together are an attack or a muddle: never again on this connection (RFC 9112 section
            // 6.3).
            IsKeptAlive = !isClosing && !isOld && !(isChunked && head.ContentLength is not null),
            IsMultipart = head.TryFind("Content-Type", out ReadOnlySpan<byte> type)
                && StartsWithWord(type, "multipart/"),
            Location = Find(head, "Location"),
            EntityTag = Find(head, "ETag") is { } tag && tag.StartsWith('"') ? tag : null,   // W/"…" is a weak one
            LastModified = Find(head, "Last-Modified"),
            ContentRange = Find(head, "Content-Range"),
            RetryAfter = Find(head, "Retry-After"),
            OffersBasic = offersBasic,
        };
    }

    private static string? Find(HttpHead head, string name) =>
        head.TryFind(name, out ReadOnlySpan<byte> value) && value.Length > 0 ? Encoding.UTF8.GetString(value) : null;

    /// <summary>One field may list several challenges, each a scheme with its parameters: what stands at the start or
    /// after a comma counts.</summary>
    private static bool OffersScheme(ReadOnlySpan<byte> value, string scheme)
    {
        while (true)
        {
            while (value.Length > 0 && value[0] is (byte)' ' or (byte)'\t') value = value[1..];
            if (StartsWithWord(value, scheme)
                && (value.Length == scheme.Length || value[scheme.Length] is (byte)' ' or (byte)','))
                return true;
            int comma = value.IndexOf((byte)',');
            if (comma < 0) return false;
            value = value[(comma + 1)..];
        }
    }

    private static bool IsWord(ReadOnlySpan<byte> value, string word) =>
        value.Length == word.Length && StartsWithWord(value, word);

    private static bool StartsWithWord(ReadOnlySpan<byte> value, string word)
    {
        if (value.Length < word.Length) return false;
        for (int i = 0; i < word.Length; i++)
            if ((value[i] | 0x20) != (word[i] | 0x20)) return false;
        return true;
    }

    private static string Printable(ReadOnlySpan<byte> reason)
    {
        const int charactersMax = 60;
        var text = new StringBuilder();
        foreach (byte value in reason[..Math.Min(reason.Length, charactersMax)])
            text.Append(value is >= 0x20 and < 0x7f ? (char)value : '?');
        return text.ToString();
    }
}
