using System;

namespace Bootlace.Wire;

/// <summary>One structure of an SMBIOS table (SMBIOS 3.6, section 6.1).</summary>
public readonly ref struct SmbiosStructure
{
    private readonly ReadOnlySpan<byte> _strings;

    internal SmbiosStructure(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> strings)
    {
        Fields = fields;
        _strings = strings;
    }

    /// <summary>Its fields, the header of four bytes included: offsets count from there.</summary>
    public ReadOnlySpan<byte> Fields { get; }

    /// <summary>The string of that number, which begins with 1, without its NUL; false when there is no such
    /// one.</summary>
    public bool TryReadText(int number, out ReadOnlySpan<byte> text)
    {
        text = default;
        ReadOnlySpan<byte> rest = _strings;
        for (int i = 1; i <= number && !rest.IsEmpty; i++)
        {
            int end = rest.IndexOf((byte)0);
            text = end < 0 ? rest : rest[..end];
            if (text.IsEmpty) return false;
            if (i == number) return true;
            rest = rest[(end < 0 ? rest.Length : end + 1)..];
        }
        return false;
    }
}
