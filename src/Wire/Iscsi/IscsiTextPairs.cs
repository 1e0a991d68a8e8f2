using System;

namespace Bootlace.Wire;

/// <summary>The pairs of an <see cref="IscsiText"/>.</summary>
public ref struct IscsiTextPairs
{
    private ReadOnlySpan<byte> _rest;

    internal IscsiTextPairs(ReadOnlySpan<byte> verified) => _rest = verified;

    /// <summary>The pair reached.</summary>
    public IscsiTextPair Current { readonly get; private set; }

    /// <summary>Goes to the next pair.</summary>
    public bool MoveNext()
    {
        while (_rest.Length > 0 && _rest[0] == 0) _rest = _rest[1..];
        if (_rest.Length == 0) return false;
        int end = _rest.IndexOf((byte)0), keyBytes = _rest.IndexOf((byte)'=');
        Current = new IscsiTextPair(_rest[..keyBytes], _rest[(keyBytes + 1)..end]);
        _rest = _rest[(end + 1)..];
        return true;
    }
}
