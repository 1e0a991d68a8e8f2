using System;

namespace Bootlace.Wire;

/// <summary>One field line of a head.</summary>
public readonly ref struct HttpField
{
    private readonly ReadOnlySpan<byte> _line;

    internal HttpField(ReadOnlySpan<byte> line) => _line = line;

    /// <summary>The name as sent.</summary>
    public ReadOnlySpan<byte> Name => _line[.._line.IndexOf((byte)':')];

    /// <summary>The value without blanks around it.</summary>
    public ReadOnlySpan<byte> Value => Ascii.Trim(_line[(_line.IndexOf((byte)':') + 1)..]);

    /// <summary>Has that name, whatever its case.</summary>
    public bool Is(string name) => Ascii.EqualsIgnoreCase(Name, name);
}
