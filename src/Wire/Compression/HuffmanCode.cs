using System;

namespace Bootlace.Wire;

/// <summary>A Huffman code given by the length of each symbol's code (RFC 1951, section 3.2.2).</summary>
internal sealed class HuffmanCode
{
    /// <summary>The longest code, in bits.</summary>
    public const int LengthMax = 15;

    /// <summary>What <see cref="Read"/> gives when no symbol has the code, or the bytes end.</summary>
    public const int None = -1;

    private const int SymbolsMax = 288;
    private const int FastBits = 10, LengthBits = 4;

    private readonly ushort[] _fast = new ushort[1 << FastBits];   // symbol and length; 0: a longer code, or none
    private readonly ushort[] _counts = new ushort[LengthMax + 1];
    private readonly ushort[] _symbols = new ushort[SymbolsMax];   // in the order of their codes

    /// <summary>Takes over a code; false when there can be no such one, or when it has codes to spare: only a single
    /// code of one bit is allowed to leave the other unused (section 3.2.7).</summary>
    public bool TrySet(ReadOnlySpan<byte> lengths)
    {
        _fast.AsSpan().Clear();
        _counts.AsSpan().Clear();
        foreach (byte length in lengths) _counts[length]++;
        _counts[0] = 0;
        int spare = 1, longest = 0;
        Span<ushort> places = stackalloc ushort[LengthMax + 2];
        Span<ushort> codes = stackalloc ushort[LengthMax + 2];
        places.Clear();
        codes.Clear();
        for (int length = 1; length <= LengthMax; length++)
        {
            spare = spare * 2 - _counts[length];
            if (spare < 0) return false;
            if (_counts[length] > 0) longest = length;
            places[length + 1] = (ushort)(places[length] + _counts[length]);
            codes[length + 1] = (ushort)(codes[length] + _counts[length] << 1);
        }
        if (spare > 0 && longest > 1) return false;
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0) continue;
            _symbols[places[length]++] = (ushort)symbol;
            int code = codes[length]++;
            if (length <= FastBits) SetFast(Reverse(code, length), length, symbol);
        }
        return true;
    }

    /// <summary>Reads one symbol.</summary>
    public int Read(ref DeflateBits bits)
    {
        bits.Fill();
        int fast = _fast[bits.Peek & (1 << FastBits) - 1];
        if (fast == 0) return ReadSlowly(ref bits);
        return bits.TryDrop(fast & (1 << LengthBits) - 1) ? fast >> LengthBits : None;
    }

    /// <summary>Bit by bit: the codes of one length are consecutive numbers that follow twice the end of the shorter
    /// ones.</summary>
    private int ReadSlowly(ref DeflateBits bits)
    {
        uint next = bits.Peek;
        int code = 0, first = 0, place = 0;
        for (int length = 1; length <= LengthMax; length++, next >>= 1)
        {
            code |= (int)(next & 1);
            int count = _counts[length];
            if (code - first < count) return bits.TryDrop(length) ? _symbols[place + code - first] : None;
            place += count;
            first = first + count << 1;
            code <<= 1;
        }
        bits.TryDrop(LengthMax);   // notices the end of the bytes, whose zeroes may be what has no symbol
        return None;
    }

    private void SetFast(int start, int length, int symbol)
    {
        for (int i = start; i < _fast.Length; i += 1 << length) _fast[i] = (ushort)(symbol << LengthBits | length);
    }

    /// <summary>A code comes highest bit first, everything else lowest bit first (section 3.1.1).</summary>
    private static int Reverse(int code, int length)
    {
        int reversed = 0;
        for (; length > 0; length--, code >>= 1) reversed = reversed << 1 | code & 1;
        return reversed;
    }
}
