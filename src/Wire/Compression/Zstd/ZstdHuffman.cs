using System;
using System.Numerics;

namespace Bootlace.Wire;

/// <summary>The Huffman code of Zstandard's literals (RFC 8878, section 4.2).</summary>
internal sealed class ZstdHuffman
{
    private const int BitsMax = 11, WeightsMax = 255, AccuracyMax = 6, DirectFrom = 128;

    private readonly ushort[] _symbols = new ushort[1 << BitsMax];   // symbol and length by the next bits
    private readonly FseTable _weightCode = new();
    private int _bits;                                                // the longest code

    /// <summary>It has been read.</summary>
    public bool IsSet => _bits > 0;

    /// <summary>Forgets the code.</summary>
    public void Clear() => _bits = 0;

    /// <summary>Reads the code's description.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, out int usedBytes)
    {
        usedBytes = 0;
        if (bytes.Length == 0) return false;
        Span<byte> weights = stackalloc byte[WeightsMax + 1];
        int count, length = bytes[0];
        if (length >= DirectFrom)
        {
            count = length - DirectFrom + 1;
            length = (count + 1) / 2;
            if (length > bytes.Length - 1) return false;
            for (int i = 0; i < count; i++)
                weights[i] = (byte)(i % 2 == 0 ? bytes[1 + i / 2] >> 4 : bytes[1 + i / 2] & 15);
        }
        else
        {
            if (length > bytes.Length - 1) return false;
            if (!TryReadWeights(bytes.Slice(1, length), weights[..WeightsMax], out count)) return false;
        }
        usedBytes = 1 + length;
        return TrySet(weights, count);
    }

    /// <summary>Fills <paramref name="target"/> with the symbols of one stream, which has to be just as long.</summary>
    public bool TryDecode(ReadOnlySpan<byte> stream, Span<byte> target)
    {
        const int atOnce = ReverseBits.ReadBitsMax / BitsMax;
        if (!ReverseBits.TryOpen(stream, out ReverseBits bits)) return false;
        ushort[] symbols = _symbols;
        int longest = _bits, i = 0;
        for (; target.Length - i >= atOnce; i += atOnce)
        {
            ulong next = bits.Peek(ReverseBits.ReadBitsMax);
            int used = 0;
            for (int k = 0; k < atOnce; k++)
            {
                int symbol = symbols[(int)(next >> ReverseBits.ReadBitsMax - used - longest) & (1 << longest) - 1];
                target[i + k] = (byte)(symbol >> 8);
                used += symbol & 0xff;
            }
            bits.Drop(used);
        }
        for (; i < target.Length; i++)
        {
            int symbol = symbols[(int)bits.Peek(longest)];
            target[i] = (byte)(symbol >> 8);
            bits.Drop(symbol & 0xff);
        }
        return bits.Left == 0;
    }

    /// <summary>Weights in a code of their own, two states that take turns until the bits end (section 4.2.1.2).
    /// </summary>
    private bool TryReadWeights(ReadOnlySpan<byte> bytes, Span<byte> weights, out int count)
    {
        count = 0;
        if (!_weightCode.TryRead(bytes, BitsMax + 2, AccuracyMax, out int usedBytes)) return false;
        if (!ReverseBits.TryOpen(bytes[usedBytes..], out ReverseBits bits)) return false;
        int state = (int)bits.Read(_weightCode.Accuracy), other = (int)bits.Read(_weightCode.Accuracy);
        if (bits.Left < 0) return false;
        while (true)
        {
            if (count >= weights.Length - 1) return false;
            FseTable.Cell cell = _weightCode[state];
            weights[count++] = cell.Symbol;
            int next = cell.Next + (int)bits.Read(cell.Bits);
            if (bits.Left < 0)
            {
                weights[count++] = _weightCode[other].Symbol;
                return true;
            }
            state = other;
            other = next;
        }
    }

    /// <summary>Makes the code: a symbol's length follows from its weight, and the last symbol's weight from what the
    /// others leave (section 4.2.1).</summary>
    private bool TrySet(Span<byte> weights, int count)
    {
        _bits = 0;
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            if (weights[i] > BitsMax) return false;
            if (weights[i] > 0) sum += 1 << weights[i] - 1;
        }
        if (sum == 0) return false;
        int longest = BitOperations.Log2((uint)sum) + 1;
        int rest = (1 << longest) - sum;
        if (longest > BitsMax || !BitOperations.IsPow2(rest)) return false;
        weights[count++] = (byte)(BitOperations.Log2((uint)rest) + 1);

        int at = 0;   // the longest codes, those of the least weight, are the lowest numbers
        for (int weight = 1; weight <= longest; weight++)
        {
            for (int symbol = 0; symbol < count; symbol++)
            {
                if (weights[symbol] != weight) continue;
                _symbols.AsSpan(at, 1 << weight - 1).Fill((ushort)(symbol << 8 | longest + 1 - weight));
                at += 1 << weight - 1;
            }
        }
        _bits = longest;
        return true;
    }
}
