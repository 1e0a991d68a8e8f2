using System;

namespace Bootlace.Wire;

/// <summary>The fields of a head that has been verified; for <c>foreach</c>.</summary>
public ref struct HttpFields
{
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _line;

    internal HttpFields(ReadOnlySpan<byte> lines) => _rest = lines;

    /// <summary>Itself.</summary>
    public readonly HttpFields GetEnumerator() => this;

    /// <summary>The field reached.</summary>
    public readonly HttpField Current => new(_line);

    /// <summary>Goes to the next field.</summary>
    public bool MoveNext()
    {
        int at = 0;
        if (!HttpLine.TryTake(_rest, ref at, HttpHead.BytesMax, out _line, out _) || _line.Length == 0) return false;
        _rest = _rest[at..];
        return true;
    }
}
