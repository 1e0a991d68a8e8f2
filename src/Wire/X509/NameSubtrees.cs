using System;

namespace Bootlace.Wire;

/// <summary>One of the two lists of <see cref="NameConstraints"/>: whole branches of the trees of names.</summary>
public ref struct NameSubtrees
{
    private const byte NumberMask = 0x1f;

    private DerReader _rest;

    internal NameSubtrees(ReadOnlySpan<byte> verified) => _rest = new DerReader(verified);

    /// <summary>Where the branch begins.</summary>
    public DerElement Current { readonly get; private set; }

    /// <summary>Of which kind of name: a constant of <see cref="GeneralNames"/>, or one we cannot compare.</summary>
    public readonly int CurrentKind => Current.Tag.Value & NumberMask;

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        if (_rest.IsAtEnd) return false;
        bool isRead = _rest.TryEnter(DerTag.Sequence, out DerReader subtree, out _)
            & subtree.TryRead(out DerElement name, out _);
        Check.That(isRead);   // the constraints have read them all before
        Current = name;
        return true;
    }
}
