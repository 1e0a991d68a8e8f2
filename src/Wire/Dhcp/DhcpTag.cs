using System;

namespace Bootlace.Wire;

/// <summary>The number of a DHCP option, or the way to one inside an encapsulating option: 67, 175.8,
/// 43.71.1.</summary>
public readonly struct DhcpTag : IEquatable<DhcpTag>
{
    /// <summary>Most numbers in a tag.</summary>
    public const int LevelsMax = 4;

    private readonly uint _codes;   // the outermost in the low byte; 0 ends it

    private DhcpTag(uint codes) => _codes = codes;

    /// <summary>An option of the packet itself, 1 to 254.</summary>
    public DhcpTag(byte code) : this((uint)code) => Check.That(code is not (0 or 255));

    /// <summary>An option inside another one.</summary>
    public DhcpTag(byte outer, byte inner) : this(outer | (uint)inner << 8) =>
        Check.That(outer is not (0 or 255) && inner is not (0 or 255));

    /// <summary>The outermost number.</summary>
    public byte Code => (byte)_codes;

    /// <summary>It lies inside another option.</summary>
    public bool IsEncapsulated => _codes > 255;

    /// <summary>The way on from inside option <see cref="Code"/>.</summary>
    public DhcpTag Inner
    {
        get
        {
            Check.That(IsEncapsulated);
            return new DhcpTag(_codes >> 8);
        }
    }

    /// <summary>Reads numbers of 1 to 254 joined by dots, decimal or with 0x in front, as scripts write them.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DhcpTag tag)
    {
        tag = default;
        uint codes = 0;
        for (int level = 0; ; level++)
        {
            int dot = text.IndexOf('.');
            if (level == LevelsMax || !TryParseCode(dot < 0 ? text : text[..dot], out uint code)) return false;
            codes |= code << 8 * level;
            if (dot < 0) break;
            text = text[(dot + 1)..];
        }
        tag = new DhcpTag(codes);
        return true;
    }

    private static bool TryParseCode(ReadOnlySpan<char> text, out uint code)
    {
        code = 0;
        bool isHex = text.Length > 2 && text[0] == '0' && text[1] is 'x' or 'X';
        if (isHex) text = text[2..];
        if (text.Length == 0) return false;
        for (int i = 0; i < text.Length; i++)
        {
            int digit = text[i] < 128 ? Ascii.HexValue((byte)text[i]) : -1;
            if (digit < 0 || (digit > 9 && !isHex)) return false;
            code = code * (isHex ? 16u : 10u) + (uint)digit;
            if (code > 254) return false;
        }
        return code != 0;
    }

    /// <summary>Same option.</summary>
    public static bool operator ==(DhcpTag a, DhcpTag b) => a._codes == b._codes;
    /// <summary>Other option.</summary>
    public static bool operator !=(DhcpTag a, DhcpTag b) => a._codes != b._codes;
    /// <inheritdoc/>
    public bool Equals(DhcpTag other) => _codes == other._codes;
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DhcpTag other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => (int)_codes;
    /// <summary>The numbers in decimal, joined by dots.</summary>
    public override string ToString() => IsEncapsulated ? $"{Code}.{Inner}" : $"{Code}";
}
