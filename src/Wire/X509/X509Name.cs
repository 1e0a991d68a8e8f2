using System;

namespace Bootlace.Wire;

/// <summary>A distinguished name (RFC 5280, section 4.1.2.4): a sequence of sets of attributes.</summary>
public static class X509Name
{
    private const int AttributesMax = 64;

    /// <summary>The text of the last attribute of that kind; empty: there is none, or it is no text.</summary>
    public static string FindText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> attribute)
    {
        string found = "";
        var reader = new DerReader(name);
        if (!reader.TryEnter(DerTag.Sequence, out DerReader parts, out _)) return found;
        while (!parts.IsAtEnd)
        {
            if (!parts.TryEnter(DerTag.Set, out DerReader part, out _)) return "";
            while (!part.IsAtEnd)
            {
                if (!TryReadAttribute(ref part, out ReadOnlySpan<byte> id, out DerElement value, out _)) return "";
                if (id.SequenceEqual(attribute) && value.TryReadText(out string text)) found = text;
            }
        }
        return found;
    }

    /// <summary>Whether it is built as names are.</summary>
    internal static bool TryCheck(DerElement name, out ParseError error)
    {
        if (!name.TryOpen(out DerReader parts, out error)) return false;
        int count = 0;
        while (!parts.IsAtEnd)
        {
            if (!parts.TryEnter(DerTag.Set, out DerReader part, out error)) return false;
            while (!part.IsAtEnd)
            {
                error = ++count <= AttributesMax ? ParseError.None : ParseError.TooMany;
                if (error != ParseError.None || !TryReadAttribute(ref part, out _, out _, out error)) return false;
            }
        }
        return true;
    }

    private static bool TryReadAttribute(
        scoped ref DerReader part, out ReadOnlySpan<byte> id, out DerElement value, out ParseError error)
    {
        id = default;
        value = default;
        if (!part.TryEnter(DerTag.Sequence, out DerReader attribute, out error)
            || !attribute.TryRead(DerTag.ObjectId, out DerElement kind, out error)
            || !attribute.TryRead(out value, out error) || !attribute.TryEnd(out error))
            return false;
        id = kind.Content;
        return true;
    }
}
