using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>The sequences of Zstandard's blocks: how many literals, then a match of what length from how far back (RFC
/// 8878, sections 3.1.1.3.2 and 3.1.1.4).</summary>
internal sealed class ZstdSequences
{
    private const int LengthSymbols = 36, MatchSymbols = 53, OffsetSymbols = 32;
    private const int LengthAccuracyMax = 9, MatchAccuracyMax = 9, OffsetAccuracyMax = 8;
    private const int LongCount = 0x7f00;

    // Sections 3.1.1.3.2.1.1 and 3.1.1.3.2.2.
    private static ReadOnlySpan<int> LengthStarts =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512,
        1024, 2048, 4096, 8192, 16384, 32768, 65536,
    ];
    private static ReadOnlySpan<byte> LengthExtraBits =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16,
    ];
    private static ReadOnlySpan<int> MatchStarts =>
    [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
        33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539,
    ];
    private static ReadOnlySpan<byte> MatchExtraBits =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2,
        2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    ];
    private static ReadOnlySpan<short> LengthCounts =>
    [
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1,
    ];
    private static ReadOnlySpan<short> MatchCounts =>
    [
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
    ];
    private static ReadOnlySpan<short> OffsetCounts =>
        [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1];

    private readonly FseTable _lengths = new(), _offsets = new(), _matches = new();
    private bool _hasTables;
    private uint _last, _secondLast, _thirdLast;   // offsets that sequences may use again

    private enum Mode
    {
        Predefined,
        Single,
        Described,
        Again,
    }

    /// <summary>A new frame begins.</summary>
    public void Restart()
    {
        _hasTables = false;
        _last = 1;
        _secondLast = 4;
        _thirdLast = 8;
    }

    /// <summary>Carries the sequences of a block out.</summary>
    /// <param name="section">The second section of the block.</param>
    /// <param name="literals">What the first held.</param>
    /// <param name="output">Where to write.</param>
    public bool TryRun(ReadOnlySpan<byte> section, ReadOnlySpan<byte> literals, ref ZstdOutput output)
    {
        if (!TryReadCount(section, out int count, out int at)) return false;
        if (count == 0) return at == section.Length && output.TryAdd(literals);
        if (at == section.Length) return false;
        int modes = section[at++];
        if ((modes & 3) != 0) return false;
        bool areRead =
            TrySetTable(section, ref at, _lengths, (Mode)(modes >> 6), LengthCounts, LengthSymbols, LengthAccuracyMax)
            && TrySetTable(
                section, ref at, _offsets, (Mode)(modes >> 4 & 3), OffsetCounts, OffsetSymbols, OffsetAccuracyMax)
            && TrySetTable(
                section, ref at, _matches, (Mode)(modes >> 2 & 3), MatchCounts, MatchSymbols, MatchAccuracyMax);
        _hasTables = areRead;
        if (!areRead || !ReverseBits.TryOpen(section[at..], out ReverseBits bits)) return false;
        return TryRun(count, ref bits, literals, ref output);
    }

    private bool TryRun(int count, ref ReverseBits bits, ReadOnlySpan<byte> literals, ref ZstdOutput output)
    {
        int lengthState = (int)bits.Read(_lengths.Accuracy);
        int offsetState = (int)bits.Read(_offsets.Accuracy);
        int matchState = (int)bits.Read(_matches.Accuracy);
        ReadOnlySpan<int> lengthStarts = LengthStarts, matchStarts = MatchStarts;
        ReadOnlySpan<byte> lengthExtraBits = LengthExtraBits, matchExtraBits = MatchExtraBits;
        while (true)
        {
            FseTable.Cell length = _lengths[lengthState], offset = _offsets[offsetState], match = _matches[matchState];
            ulong offsetValue = (1ul << offset.Symbol) + bits.Read(offset.Symbol);
            int matchLength = matchStarts[match.Symbol] + (int)bits.Read(matchExtraBits[match.Symbol]);
            int literalLength = lengthStarts[length.Symbol] + (int)bits.Read(lengthExtraBits[length.Symbol]);
            if (bits.Left < 0 || literalLength > literals.Length) return false;
            if (!output.TryAdd(literals[..literalLength])) return false;
            if (!output.TryRepeat(FindOffset(offsetValue, literalLength == 0), matchLength)) return false;
            literals = literals[literalLength..];
            if (--count == 0) return bits.Left == 0 && output.TryAdd(literals);
            lengthState = length.Next + (int)bits.Read(length.Bits);
            matchState = match.Next + (int)bits.Read(match.Bits);
            offsetState = offset.Next + (int)bits.Read(offset.Bits);
        }
    }

    private static bool TryReadCount(ReadOnlySpan<byte> section, out int count, out int usedBytes)
    {
        count = section.Length > 0 ? section[0] : 0;
        usedBytes = count < 128 ? 1 : count < 255 ? 2 : 3;
        if (section.Length < usedBytes) return false;
        if (usedBytes == 2) count = (count - 128 << 8) + section[1];
        else if (usedBytes == 3) count = BinaryPrimitives.ReadUInt16LittleEndian(section[1..]) + LongCount;
        return true;
    }

    private bool TrySetTable(
        ReadOnlySpan<byte> section, ref int at, FseTable table, Mode mode, ReadOnlySpan<short> predefined,
        int symbolsMax, int accuracyMax)
    {
        switch (mode)
        {
            case Mode.Predefined:
                table.Set(predefined, table == _offsets ? 5 : 6);
                return true;
            case Mode.Single:
                if (at == section.Length || section[at] >= symbolsMax) return false;
                table.SetSingle(section[at++]);
                return true;
            case Mode.Described:
                if (!table.TryRead(section[at..], symbolsMax, accuracyMax, out int usedBytes)) return false;
                at += usedBytes;
                return true;
            default:
                return _hasTables;
        }
    }

    /// <summary>The lowest values stand for offsets used before (section 3.1.1.5); 0: there is no such one.</summary>
    private uint FindOffset(ulong value, bool isWithoutLiterals)
    {
        if (value > 3)
        {
            _thirdLast = _secondLast;
            _secondLast = _last;
            return _last = value - 3 <= uint.MaxValue ? (uint)(value - 3) : 0;
        }
        int which = (int)value - (isWithoutLiterals ? 0 : 1);
        if (which == 0) return _last;
        uint offset = which switch { 1 => _secondLast, 2 => _thirdLast, _ => _last - 1 };
        if (which > 1) _thirdLast = _secondLast;
        _secondLast = _last;
        return _last = offset;
    }
}
