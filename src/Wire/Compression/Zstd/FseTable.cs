using System;
using System.Numerics;

namespace Bootlace.Wire;

/// <summary>A code of finite state entropy: each state stands for a symbol, and says how many bits lead to the next
/// state (RFC 8878, section 4.1).</summary>
internal sealed class FseTable
{
    /// <summary>The largest accuracy of any table, as a power of two of states.</summary>
    public const int AccuracyMax = 9;

    private const int AccuracyMin = 5, SymbolsMax = 256;

    private readonly Cell[] _cells = new Cell[1 << AccuracyMax];

    /// <summary>The bits that the first state takes: the table has twice as many states with each.</summary>
    public int Accuracy { get; private set; }

    /// <summary>It has been set.</summary>
    public bool IsSet { get; private set; }

    /// <summary>A state.</summary>
    public ref readonly Cell this[int state] => ref _cells[state];

    /// <summary>What a state means: its symbol, and the next state, which is <paramref name="Next"/> and so many more
    /// bits.</summary>
    public readonly record struct Cell(byte Symbol, byte Bits, ushort Next);

    /// <summary>Every state stands for one symbol, and none needs a bit.</summary>
    public void SetSingle(byte symbol)
    {
        Accuracy = 0;
        _cells[0] = new Cell(symbol, 0, 0);
        IsSet = true;
    }

    /// <summary>Makes the code of a distribution: how many states each symbol has, -1 for less than one; together as
    /// many as there are.</summary>
    public void Set(ReadOnlySpan<short> counts, int accuracy)
    {
        Accuracy = accuracy;
        IsSet = true;
        int size = 1 << accuracy;
        Span<ushort> next = stackalloc ushort[SymbolsMax];
        int rare = size;   // states from here on are those of rare symbols
        for (int symbol = 0; symbol < counts.Length; symbol++)
        {
            next[symbol] = (ushort)Math.Abs((int)counts[symbol]);
            if (counts[symbol] < 0) _cells[--rare] = new Cell((byte)symbol, 0, 0);
        }
        int step = (size >> 1) + (size >> 3) + 3, state = 0;
        for (int symbol = 0; symbol < counts.Length; symbol++)
        {
            for (int i = 0; i < counts[symbol]; i++)
            {
                _cells[state] = new Cell((byte)symbol, 0, 0);
                do state = state + step & size - 1;
                while (state >= rare);
            }
        }
        for (int i = 0; i < size; i++)
        {
            byte symbol = _cells[i].Symbol;
            int order = next[symbol]++;
            int bits = accuracy - BitOperations.Log2((uint)order);
            _cells[i] = new Cell(symbol, (byte)bits, (ushort)((order << bits) - size));
        }
    }

    /// <summary>Reads a distribution and makes its code (section 4.1.1).</summary>
    /// <param name="bytes">Begins with the distribution.</param>
    /// <param name="symbolsMax">How many symbols there can be.</param>
    /// <param name="accuracyMax">The largest accuracy allowed.</param>
    /// <param name="usedBytes">How long the distribution is.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes, int symbolsMax, int accuracyMax, out int usedBytes)
    {
        usedBytes = 0;
        int at = 0;
        int accuracy = Take(bytes, ref at, 4) + AccuracyMin;
        if (accuracy > accuracyMax) return false;
        Span<short> counts = stackalloc short[SymbolsMax];
        int symbols = 0, left = 1 << accuracy;
        while (left > 0)
        {
            if (symbols == symbolsMax || at > bytes.Length * 8) return false;
            int count = TakeCount(bytes, ref at, left + 1) - 1;
            left -= Math.Abs(count);
            counts[symbols++] = (short)count;
            if (count != 0) continue;
            int zeroes;   // how many more symbols have none; 3: and the next two bits say more of that
            do
            {
                zeroes = Take(bytes, ref at, 2);
                if (zeroes > symbolsMax - symbols) return false;
                counts.Slice(symbols, zeroes).Clear();
                symbols += zeroes;
            }
            while (zeroes == 3);
        }
        usedBytes = (at + 7) / 8;
        if (left < 0 || usedBytes > bytes.Length) return false;
        Set(counts[..symbols], accuracy);
        return true;
    }

    /// <summary>A number from 0 to <paramref name="most"/>: the low ones take a bit less than the others.</summary>
    private static int TakeCount(ReadOnlySpan<byte> bytes, ref int at, int most)
    {
        int bits = BitOperations.Log2((uint)most) + 1;
        int lowCount = (1 << bits) - 1 - most;
        int low = Peek(bytes, at, bits - 1);
        if (low < lowCount)
        {
            at += bits - 1;
            return low;
        }
        int value = Take(bytes, ref at, bits);
        return value >= 1 << bits - 1 ? value - lowCount : value;
    }

    private static int Take(ReadOnlySpan<byte> bytes, ref int at, int count)
    {
        int value = Peek(bytes, at, count);
        at += count;
        return value;
    }

    /// <summary>Lowest bit first; zeroes behind the end.</summary>
    private static int Peek(ReadOnlySpan<byte> bytes, int at, int count)
    {
        uint value = 0;
        for (int i = 0; i < sizeof(uint) && at / 8 + i < bytes.Length; i++) value |= (uint)bytes[at / 8 + i] << 8 * i;
        return (int)(value >> at % 8 & (1u << count) - 1);
    }
}
