using System;

namespace Bootlace.Wire;

/// <summary>Decompresses a whole deflate stream (RFC 1951) whose decompressed length is known.</summary>
public ref struct Inflate
{
    private const int Stored = 0, FixedCodes = 1, DynamicCodes = 2;
    private const int EndOfBlock = 256, LiteralsMax = 286, DistancesMax = 30;
    private const int FixedLiterals = 288, LengthCodes = 19;
    private const int RepeatLast = 16, RepeatZero = 17, RepeatZeroLong = 18;

    // Sections 3.2.5 and 3.2.7.
    private static ReadOnlySpan<ushort> LengthStarts =>
    [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ];
    private static ReadOnlySpan<byte> LengthExtraBits =>
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    private static ReadOnlySpan<ushort> DistanceStarts =>
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577,
    ];
    private static ReadOnlySpan<byte> DistanceExtraBits =>
    [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ];
    private static ReadOnlySpan<byte> LengthCodeOrder =>
        [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly Span<byte> _output;
    private readonly HuffmanCode _literals, _distances;
    private DeflateBits _bits;
    private int _count;

    private Inflate(ReadOnlySpan<byte> bytes, Span<byte> output)
    {
        _bits = new DeflateBits(bytes);
        _output = output;
        _literals = new HuffmanCode();
        _distances = new HuffmanCode();
    }

    /// <summary>Fills <paramref name="output"/> from the stream at the start of <paramref name="bytes"/>; false unless
    /// the stream is valid and gives exactly that many bytes. What a refused stream has written so far is left.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, Span<byte> output, out int usedBytes, out ParseError error)
    {
        var inflate = new Inflate(bytes, output);
        error = inflate.ReadBlocks();
        if (error == ParseError.None && inflate._count != output.Length) error = ParseError.BadLength;
        if (error != ParseError.None && inflate._bits.IsExhausted) error = ParseError.TooShort;
        usedBytes = error == ParseError.None ? inflate._bits.UsedBytes : 0;
        return error == ParseError.None;
    }

    private ParseError ReadBlocks()
    {
        while (true)
        {
            if (!_bits.TryTake(1, out int isLast) || !_bits.TryTake(2, out int kind)) return ParseError.TooShort;
            ParseError error = kind switch
            {
                Stored => ReadStored(),
                FixedCodes => SetFixedCodes() ? ReadSymbols() : ParseError.BadCode,
                DynamicCodes => ReadCodes() ? ReadSymbols() : ParseError.BadCode,
                _ => ParseError.BadKind,
            };
            if (error != ParseError.None || isLast != 0) return error;
        }
    }

    private ParseError ReadStored()
    {
        if (!_bits.TryTakeBytes(4, out ReadOnlySpan<byte> head)) return ParseError.TooShort;
        int length = head[0] | head[1] << 8, complement = head[2] | head[3] << 8;
        if ((length ^ complement) != 0xffff || length > _output.Length - _count) return ParseError.BadLength;
        if (!_bits.TryTakeBytes(length, out ReadOnlySpan<byte> data)) return ParseError.TooShort;
        data.CopyTo(_output[_count..]);
        _count += length;
        return ParseError.None;
    }

    private readonly bool SetFixedCodes()
    {
        Span<byte> lengths = stackalloc byte[FixedLiterals];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        bool hasLiterals = _literals.TrySet(lengths);
        lengths[..32].Fill(5);   // two of them stand for nothing
        return hasLiterals & _distances.TrySet(lengths[..32]);
    }

    /// <summary>The codes of a dynamic block, themselves Huffman coded (section 3.2.7).</summary>
    private bool ReadCodes()
    {
        if (!_bits.TryTake(5, out int literals) || !_bits.TryTake(5, out int distances)) return false;
        if (!_bits.TryTake(4, out int lengthCodes)) return false;
        literals += 257;
        distances += 1;
        if (literals > LiteralsMax || distances > DistancesMax) return false;

        Span<byte> codeLengths = stackalloc byte[LengthCodes];
        codeLengths.Clear();
        for (int i = 0; i < lengthCodes + 4; i++)
        {
            if (!_bits.TryTake(3, out int length)) return false;
            codeLengths[LengthCodeOrder[i]] = (byte)length;
        }
        if (!_distances.TrySet(codeLengths)) return false;   // until the real ones are known

        Span<byte> lengths = stackalloc byte[LiteralsMax + DistancesMax];
        lengths = lengths[..(literals + distances)];
        for (int i = 0; i < lengths.Length;)
        {
            int symbol = _distances.Read(ref _bits);
            if (symbol == HuffmanCode.None) return false;
            if (symbol < RepeatLast)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }
            if (symbol == RepeatLast && i == 0) return false;
            byte repeated = symbol == RepeatLast ? lengths[i - 1] : (byte)0;
            int extraBits = symbol switch { RepeatLast => 2, RepeatZero => 3, _ => 7 };
            if (!_bits.TryTake(extraBits, out int count)) return false;
            count += symbol == RepeatZeroLong ? 11 : 3;
            if (count > lengths.Length - i) return false;
            lengths.Slice(i, count).Fill(repeated);
            i += count;
        }
        return lengths[EndOfBlock] != 0 && _literals.TrySet(lengths[..literals])
            && _distances.TrySet(lengths[literals..]);
    }

    private ParseError ReadSymbols()
    {
        while (true)
        {
            int symbol = _literals.Read(ref _bits);
            if (symbol < 0) return ParseError.BadCode;
            if (symbol < EndOfBlock)
            {
                if (_count == _output.Length) return ParseError.BadLength;
                _output[_count++] = (byte)symbol;
                continue;
            }
            if (symbol == EndOfBlock) return ParseError.None;
            ParseError error = ReadMatch(symbol - EndOfBlock - 1);
            if (error != ParseError.None) return error;
        }
    }

    private ParseError ReadMatch(int lengthSymbol)
    {
        if (lengthSymbol >= LengthStarts.Length) return ParseError.BadCode;
        if (!_bits.TryTake(LengthExtraBits[lengthSymbol], out int length)) return ParseError.TooShort;
        length += LengthStarts[lengthSymbol];
        int distanceSymbol = _distances.Read(ref _bits);
        if (distanceSymbol < 0 || distanceSymbol >= DistanceStarts.Length) return ParseError.BadCode;
        if (!_bits.TryTake(DistanceExtraBits[distanceSymbol], out int distance)) return ParseError.TooShort;
        distance += DistanceStarts[distanceSymbol];
        if (distance > _count || length > _output.Length - _count) return ParseError.BadLength;
        CopyMatch(distance, length);
        return ParseError.None;
    }

    /// <summary>Byte after byte, since a match may go on into what it writes.</summary>
    private void CopyMatch(int distance, int length)
    {
        Span<byte> target = _output.Slice(_count - distance, distance + length);
        for (int i = distance; i < target.Length; i++) target[i] = target[i - distance];
        _count += length;
    }
}
