using System;
using System.Text;

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

    /// <summary>Whether two names are the same: attribute by attribute, texts without regard to case, to blanks more
    /// than one and to how they are encoded (RFC 5280, section 7.1).</summary>
    public static bool AreSame(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.SequenceEqual(other)) return true;
        var first = new DerReader(one);
        var second = new DerReader(other);
        return first.TryEnter(DerTag.Sequence, out DerReader firstParts, out _)
            && second.TryEnter(DerTag.Sequence, out DerReader secondParts, out _)
            && StartsWith(ref firstParts, ref secondParts) && firstParts.IsAtEnd;
    }

    /// <summary>Whether a name lies at or below a branch: begins with the branch's parts.</summary>
    public static bool IsBelow(ReadOnlySpan<byte> name, ReadOnlySpan<byte> branch)
    {
        var first = new DerReader(name);
        var second = new DerReader(branch);
        return first.TryEnter(DerTag.Sequence, out DerReader parts, out _)
            && second.TryEnter(DerTag.Sequence, out DerReader branchParts, out _)
            && StartsWith(ref parts, ref branchParts);
    }

    private static bool StartsWith(scoped ref DerReader parts, scoped ref DerReader branch)
    {
        while (!branch.IsAtEnd)
        {
            if (!parts.TryRead(DerTag.Set, out DerElement part, out _)
                || !branch.TryRead(DerTag.Set, out DerElement wanted, out _))
                return false;
            if (!part.Bytes.SequenceEqual(wanted.Bytes) && !AreSameParts(part, wanted)) return false;
        }
        return true;
    }

    /// <summary>In the order they are encoded in, which is the same for the same values in all but odd cases.
    /// </summary>
    private static bool AreSameParts(DerElement one, DerElement other)
    {
        if (!one.TryOpen(out DerReader first, out _) || !other.TryOpen(out DerReader second, out _)) return false;
        while (!first.IsAtEnd)
        {
            if (!TryReadAttribute(ref first, out ReadOnlySpan<byte> firstId, out DerElement firstValue, out _)
                || !TryReadAttribute(ref second, out ReadOnlySpan<byte> secondId, out DerElement secondValue, out _)
                || !firstId.SequenceEqual(secondId))
                return false;
            if (firstValue.Bytes.SequenceEqual(secondValue.Bytes)) continue;
            if (!firstValue.TryReadText(out string firstText) || !secondValue.TryReadText(out string secondText)
                || Plain(firstText) != Plain(secondText))
                return false;
        }
        return second.IsAtEnd;
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char letter in text.Trim().ToLowerInvariant())
        {
            bool isFurtherBlank = letter == ' ' && plain.Length > 0 && plain[plain.Length - 1] == ' ';
            if (!isFurtherBlank) plain.Append(letter);
        }
        return plain.ToString();
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
