using System;

namespace Bootlace.Wire;

/// <summary>Which names an authority may vouch for (RFC 5280, section 4.2.1.10).</summary>
public readonly ref struct NameConstraints
{
    private static readonly DerTag s_permitted = DerTag.ContextConstructed(0);
    private static readonly DerTag s_excluded = DerTag.ContextConstructed(1);

    private NameConstraints(ReadOnlySpan<byte> permitted, ReadOnlySpan<byte> excluded)
    {
        Permitted = new NameSubtrees(permitted);
        Excluded = new NameSubtrees(excluded);
    }

    /// <summary>A name of a kind that occurs here must lie in one of these.</summary>
    public NameSubtrees Permitted { get; }

    /// <summary>No name may lie in one of these.</summary>
    public NameSubtrees Excluded { get; }

    /// <summary>Reads the extension's value.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out NameConstraints constraints, out ParseError error)
    {
        constraints = default;
        if (!DerReader.TryOpenSequence(value, out _, out DerReader inside, out error)
            || !TryReadSubtrees(ref inside, s_permitted, out ReadOnlySpan<byte> permitted, out error)
            || !TryReadSubtrees(ref inside, s_excluded, out ReadOnlySpan<byte> excluded, out error)
            || !inside.TryEnd(out error))
            return false;
        constraints = new NameConstraints(permitted, excluded);
        return true;
    }

    /// <summary>GeneralSubtrees: each a name; minimum and maximum, which nobody may use, are refused.</summary>
    private static bool TryReadSubtrees(
        scoped ref DerReader inside, DerTag tag, out ReadOnlySpan<byte> subtrees, out ParseError error)
    {
        subtrees = default;
        error = ParseError.None;
        if (!inside.IsNext(tag)) return true;
        if (!inside.TryRead(out DerElement list, out error) || !list.TryOpen(out DerReader reader, out error))
            return false;
        int count = 0;
        while (!reader.IsAtEnd)
        {
            error = ++count <= GeneralNames.NamesMax ? ParseError.None : ParseError.TooMany;
            if (error != ParseError.None || !reader.TryEnter(DerTag.Sequence, out DerReader subtree, out error)
                || !subtree.TryRead(out DerElement name, out error) || !subtree.TryEnd(out error))
                return false;
            error = GeneralNames.IsName(name) ? ParseError.None : ParseError.BadKind;
            if (error != ParseError.None) return false;
        }
        subtrees = list.Content;
        return true;
    }
}
