using System;

namespace Bootlace.Wire;

/// <summary>Goes through the structure of a device tree, token by token, as far as it is well formed.</summary>
internal ref struct DeviceTreeWalk(ReadOnlySpan<byte> structure)
{
    /// <summary>Nodes inside each other; Linux takes no more.</summary>
    public const int DepthMax = 64;

    private const int TokenBytes = 4, PropertyHeaderBytes = 12;

    private readonly ReadOnlySpan<byte> _structure = structure;

    /// <summary>What was reached.</summary>
    public DeviceTreeToken Token { get; private set; }

    /// <summary>Where it starts.</summary>
    public int Start { get; private set; }

    /// <summary>Where the next one starts.</summary>
    public int Next { get; private set; }

    /// <summary>How many nodes are open behind it; the root is the first.</summary>
    public int Depth { get; private set; }

    /// <summary>Of a node that begins: its name.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Of a property: where in the strings its name is.</summary>
    public uint NameOffset { get; private set; }

    /// <summary>Goes on to the next token; false at the end, and where the structure is malformed, which
    /// <paramref name="error"/> tells apart.</summary>
    public bool MoveNext(out ParseError error)
    {
        error = ParseError.None;
        if (Token == DeviceTreeToken.End) return false;
        Start = Next;
        error = ParseError.TooShort;
        ReadOnlySpan<byte> rest = _structure[Start..];
        if (rest.Length < TokenBytes) return false;
        Token = (DeviceTreeToken)BigEndian.ReadU32(rest, 0);
        return Token switch
        {
            DeviceTreeToken.BeginNode => TryBegin(rest, out error),
            DeviceTreeToken.EndNode => TryEnd(out error),
            DeviceTreeToken.Property => TryProperty(rest, out error),
            DeviceTreeToken.Nothing => TryAdvance(TokenBytes, rest, out error),
            DeviceTreeToken.End when Depth == 0 => TryAdvance(TokenBytes, rest, out error),
            _ => Refuse(ParseError.BadKind, out error),
        };
    }

    private bool TryBegin(ReadOnlySpan<byte> rest, out ParseError error)
    {
        if (Depth == DepthMax) return Refuse(ParseError.TooMany, out error);
        int length = rest[TokenBytes..].IndexOf((byte)0);
        if (length < 0) return Refuse(ParseError.BadName, out error);
        Name = rest.Slice(TokenBytes, length);
        Depth++;
        return TryAdvance(TokenBytes + length + 1, rest, out error);
    }

    private bool TryEnd(out ParseError error)
    {
        if (Depth == 0) return Refuse(ParseError.BadKind, out error);
        Depth--;
        return TryAdvance(TokenBytes, _structure[Start..], out error);
    }

    private bool TryProperty(ReadOnlySpan<byte> rest, out ParseError error)
    {
        if (Depth == 0) return Refuse(ParseError.BadKind, out error);
        if (rest.Length < PropertyHeaderBytes) return Refuse(ParseError.TooShort, out error);
        uint length = BigEndian.ReadU32(rest, TokenBytes);
        NameOffset = BigEndian.ReadU32(rest, 2 * TokenBytes);
        if (length > (uint)(rest.Length - PropertyHeaderBytes)) return Refuse(ParseError.BadLength, out error);
        return TryAdvance(PropertyHeaderBytes + (int)length, rest, out error);
    }

    /// <summary>Tokens start at multiples of four bytes.</summary>
    private bool TryAdvance(int countBytes, ReadOnlySpan<byte> rest, out ParseError error)
    {
        int padding = -countBytes & TokenBytes - 1;
        if (padding > rest.Length - countBytes) return Refuse(ParseError.TooShort, out error);
        Next = Start + countBytes + padding;
        error = ParseError.None;
        return true;
    }

    private static bool Refuse(ParseError reason, out ParseError error)
    {
        error = reason;
        return false;
    }
}
