using System;

namespace Bootlace.Wire;

/// <summary>A boot script inside a MIME message, as cloud-init's user data wraps its parts: the message itself is of
/// type <c>text/x-ipxe</c>, or it is <c>multipart/mixed</c> and has such a part (spec/ipxe-compat.md 1.1).</summary>
public static class MimeScript
{
    /// <summary>Longest message taken.</summary>
    public const int MessageBytesMax = 4 << 20;

    private const int PartsMax = 64;
    private const string ScriptType = "text/x-ipxe", PartsType = "multipart/mixed";

    /// <summary>Whether a file looks like such a message by its first bytes: fields, and a type that may hold a
    /// script.</summary>
    public static bool Recognises(ReadOnlySpan<byte> file) =>
        file.Length <= MessageBytesMax && MayBegin(file)
        && MimeEntity.TryRead(file, out MimeEntity message, out _)
        && (message.IsType(ScriptType) || message.IsType(PartsType));

    /// <summary>Whether a file that begins so may be one: the cheap question that is asked first.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> head)
    {
        int colon = head.IndexOf((byte)':');
        return colon > 0 && (Ascii.EqualsIgnoreCase(head[..colon], "Content-Type")
            || Ascii.EqualsIgnoreCase(head[..colon], "MIME-Version")
            || Ascii.EqualsIgnoreCase(head[..colon], "Content-Transfer-Encoding"));
    }

    /// <summary>Takes the script out of a message: the message's own body, or its first part of the right type in an
    /// encoding we know.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, out byte[] script, out ParseError error)
    {
        script = [];
        error = ParseError.TooMany;
        if (file.Length > MessageBytesMax) return false;
        if (!MimeEntity.TryRead(file, out MimeEntity message, out error)) return false;
        if (message.IsType(ScriptType)) return TryDecode(message, out script, out error);
        error = ParseError.BadKind;
        if (!message.IsType(PartsType)) return false;
        error = ParseError.BadOption;
        if (!message.TryReadBoundary(out ReadOnlySpan<byte> boundary)) return false;
        ReadOnlySpan<byte> rest = message.Body;
        error = ParseError.BadKind;
        for (int i = 0; MimeEntity.TryTakePart(ref rest, boundary, out ReadOnlySpan<byte> bytes); i++)
        {
            if (i == PartsMax)
            {
                error = ParseError.TooMany;
                return false;
            }
            if (!MimeEntity.TryRead(bytes, out MimeEntity part, out _) || !part.IsType(ScriptType)) continue;
            if (TryDecode(part, out script, out error)) return true;
        }
        return false;
    }

    private static bool TryDecode(MimeEntity entity, out byte[] content, out ParseError error)
    {
        ReadOnlySpan<byte> encoding = entity.Encoding;
        content = [];
        error = ParseError.None;
        bool isPlain = encoding.Length == 0 || Ascii.EqualsIgnoreCase(encoding, "7bit")
            || Ascii.EqualsIgnoreCase(encoding, "8bit") || Ascii.EqualsIgnoreCase(encoding, "binary");
        if (isPlain)
        {
            content = entity.Body.ToArray();
            return true;
        }
        error = ParseError.BadCode;
        if (!Ascii.EqualsIgnoreCase(encoding, "base64")) return false;
        if (!PemReader.TryDecodeBase64(entity.Body, out byte[] decoded)) return false;
        content = decoded;
        error = ParseError.None;
        return true;
    }
}
