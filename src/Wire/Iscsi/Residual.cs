namespace Bootlace.Wire;

/// <summary>How a command's data differed from what the initiator expected (RFC 7143 sections 11.4.1 and
/// 11.4.5).</summary>
/// <param name="Bytes">So many bytes.</param>
/// <param name="IsOverflow">The command had that many more; else that many fewer.</param>
public readonly record struct Residual(uint Bytes, bool IsOverflow)
{
    internal const byte OverflowBit = 0x04, UnderflowBit = 0x02;

    internal byte Flags => Bytes == 0 ? (byte)0 : IsOverflow ? OverflowBit : UnderflowBit;

    /// <summary>From the two bits, which exclude each other, and the count, which counts only with one of
    /// them.</summary>
    internal static bool TryRead(byte flags, uint count, out Residual residual, out ParseError error)
    {
        bool isOver = (flags & OverflowBit) != 0, isUnder = (flags & UnderflowBit) != 0;
        uint bytes = isOver || isUnder ? count : 0;
        residual = new Residual(bytes, isOver && bytes > 0);   // by nothing is neither
        error = isOver && isUnder ? ParseError.BadOption : ParseError.None;
        return error == ParseError.None;
    }
}
