using System;

namespace Bootlace.Wire;

/// <summary>Decompresses a deflate stream (RFC 1951): as much at a time as there is room for, or all at once where its
/// length is known.</summary>
public sealed class Inflate
{
    /// <summary>How far back a match may reach.</summary>
    public const int WindowBytes = 32 * 1024;

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

    private readonly HuffmanCode _literals = new(), _distances = new();
    private DeflateBits.Position _place;
    private Phase _phase;
    private bool _isLast;            // the block under way
    private int _left, _distance;    // bytes of a stored block, or of a match, that there was no room for
    private ulong _written;          // in earlier calls

    private enum Phase
    {
        Header,
        InStored,
        InSymbols,
        InMatch,
        Done,
    }

    /// <summary>The stream has been read to its end.</summary>
    public bool IsDone => _phase == Phase.Done;

    /// <summary>Bytes of the stream that are read, the last perhaps in part.</summary>
    public int UsedBytes { get; private set; }

    /// <summary>Fills <paramref name="output"/> from the stream at the start of <paramref name="bytes"/>; false unless
    /// the stream is valid and gives exactly that many bytes. What a refused stream has written so far is left.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, Span<byte> output, out int usedBytes, out ParseError error)
    {
        var inflate = new Inflate();
        int end = inflate.Read(bytes, output, 0, out error);
        if (error == ParseError.None && (end != output.Length || !inflate.IsDone)) error = ParseError.BadLength;
        usedBytes = error == ParseError.None ? inflate.UsedBytes : 0;
        return error == ParseError.None;
    }

    /// <summary>Goes on where it was until the stream ends or <paramref name="window"/> is full.</summary>
    /// <param name="bytes">The stream from its beginning, the same each time.</param>
    /// <param name="window">Begins with what was written last, as much as a match may reach back for or all of it.
    /// </param>
    /// <param name="start">Where that ends, and more is written.</param>
    /// <param name="error">What is wrong with the stream.</param>
    /// <returns>Where that ends now.</returns>
    public int Read(ReadOnlySpan<byte> bytes, Span<byte> window, int start, out ParseError error)
    {
        var bits = new DeflateBits(bytes, _place);
        var output = new Output(window, start, (int)ulong.Min(_written, (ulong)start));
        error = ParseError.None;
        bool isFull = false;
        while (_phase != Phase.Done && !isFull && error == ParseError.None)
        {
            error = _phase switch
            {
                Phase.Header => ReadHeader(ref bits),
                Phase.InStored => ReadStored(ref bits, ref output, out isFull),
                _ => ReadSymbols(ref bits, ref output, out isFull),
            };
        }
        if (error != ParseError.None && bits.IsExhausted) error = ParseError.TooShort;
        _place = bits.Place;
        UsedBytes = bits.UsedBytes;
        _written += (uint)(output.End - start);
        return output.End;
    }

    /// <summary>What has been decompressed.</summary>
    /// <param name="window">Room for it.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="reach">How far back from there it is known at the start.</param>
    private ref struct Output(Span<byte> window, int end, int reach)
    {
        private readonly Span<byte> _window = window;
        private readonly int _first = end - reach;

        public int End = end;

        public readonly int Room => _window.Length - End;

        public void Add(byte value) => _window[End++] = value;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_window[End..]);
            End += bytes.Length;
        }

        public readonly bool Reaches(int distance) => distance <= End - _first;

        /// <summary>Byte after byte, since a match may go on into what it writes.</summary>
        public void Repeat(int distance, int length)
        {
            Span<byte> target = _window.Slice(End - distance, distance + length);
            for (int i = distance; i < target.Length; i++) target[i] = target[i - distance];
            End += length;
        }
    }

    private ParseError ReadHeader(ref DeflateBits bits)
    {
        if (_isLast)
        {
            _phase = Phase.Done;
            return ParseError.None;
        }
        if (!bits.TryTake(1, out int isLast) || !bits.TryTake(2, out int kind)) return ParseError.TooShort;
        _isLast = isLast != 0;
        _phase = kind == Stored ? Phase.InStored : Phase.InSymbols;
        return kind switch
        {
            Stored => ReadStoredHeader(ref bits),
            FixedCodes => SetFixedCodes() ? ParseError.None : ParseError.BadCode,
            DynamicCodes => ReadCodes(ref bits) ? ParseError.None : ParseError.BadCode,
            _ => ParseError.BadKind,
        };
    }

    private ParseError ReadStoredHeader(ref DeflateBits bits)
    {
        if (!bits.TryTakeBytes(4, out ReadOnlySpan<byte> head)) return ParseError.TooShort;
        _left = head[0] | head[1] << 8;
        int complement = head[2] | head[3] << 8;
        return (_left ^ complement) == 0xffff ? ParseError.None : ParseError.BadLength;
    }

    private ParseError ReadStored(ref DeflateBits bits, ref Output output, out bool isFull)
    {
        int count = Math.Min(_left, output.Room);
        isFull = count < _left;
        if (!bits.TryTakeBytes(count, out ReadOnlySpan<byte> data)) return ParseError.TooShort;
        output.Add(data);
        _left -= count;
        if (_left == 0) _phase = Phase.Header;
        return ParseError.None;
    }

    private bool SetFixedCodes()
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
    private bool ReadCodes(ref DeflateBits bits)
    {
        if (!bits.TryTake(5, out int literals) || !bits.TryTake(5, out int distances)) return false;
        if (!bits.TryTake(4, out int lengthCodes)) return false;
        literals += 257;
        distances += 1;
        if (literals > LiteralsMax || distances > DistancesMax) return false;

        Span<byte> codeLengths = stackalloc byte[LengthCodes];
        codeLengths.Clear();
        for (int i = 0; i < lengthCodes + 4; i++)
        {
            if (!bits.TryTake(3, out int length)) return false;
            codeLengths[LengthCodeOrder[i]] = (byte)length;
        }
        if (!_distances.TrySet(codeLengths)) return false;   // until the real ones are known

        Span<byte> lengths = stackalloc byte[LiteralsMax + DistancesMax];
        lengths = lengths[..(literals + distances)];
        for (int i = 0; i < lengths.Length;)
        {
            int symbol = _distances.Read(ref bits);
            if (symbol == HuffmanCode.None) return false;
            if (symbol < RepeatLast)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }
            if (symbol == RepeatLast && i == 0) return false;
            byte repeated = symbol == RepeatLast ? lengths[i - 1] : (byte)0;
            int extraBits = symbol switch { RepeatLast => 2, RepeatZero => 3, _ => 7 };
            if (!bits.TryTake(extraBits, out int count)) return false;
            count += symbol == RepeatZeroLong ? 11 : 3;
            if (count > lengths.Length - i) return false;
            lengths.Slice(i, count).Fill(repeated);
            i += count;
        }
        return lengths[EndOfBlock] != 0 && _literals.TrySet(lengths[..literals])
            && _distances.TrySet(lengths[literals..]);
    }

    private ParseError ReadSymbols(ref DeflateBits bits, ref Output output, out bool isFull)
    {
        isFull = false;
        if (_phase == Phase.InMatch) isFull = !TryFinishMatch(ref output);
        while (!isFull)
        {
            if (output.Room == 0) return ReadEnd(ref bits, out isFull);
            int symbol = _literals.Read(ref bits);
            if (symbol < 0) return ParseError.BadCode;
            if (symbol < EndOfBlock)
            {
                output.Add((byte)symbol);
                continue;
            }
            if (symbol == EndOfBlock)
            {
                _phase = Phase.Header;
                return ParseError.None;
            }
            ParseError error = ReadMatch(symbol - EndOfBlock - 1, ref bits, ref output);
            if (error != ParseError.None) return error;
            isFull = !TryFinishMatch(ref output);
        }
        return ParseError.None;
    }

    /// <summary>Where there is no more room the block may just be at its end; all else is left for later.</summary>
    private ParseError ReadEnd(ref DeflateBits bits, out bool isFull)
    {
        DeflateBits before = bits;
        int symbol = _literals.Read(ref bits);
        isFull = symbol != EndOfBlock;
        if (symbol < 0) return ParseError.BadCode;
        if (isFull) bits = before;
        else _phase = Phase.Header;
        return ParseError.None;
    }

    private ParseError ReadMatch(int lengthSymbol, ref DeflateBits bits, ref Output output)
    {
        if (lengthSymbol >= LengthStarts.Length) return ParseError.BadCode;
        if (!bits.TryTake(LengthExtraBits[lengthSymbol], out int length)) return ParseError.TooShort;
        _left = length + LengthStarts[lengthSymbol];
        int distanceSymbol = _distances.Read(ref bits);
        if (distanceSymbol < 0 || distanceSymbol >= DistanceStarts.Length) return ParseError.BadCode;
        if (!bits.TryTake(DistanceExtraBits[distanceSymbol], out int distance)) return ParseError.TooShort;
        _distance = distance + DistanceStarts[distanceSymbol];
        return output.Reaches(_distance) ? ParseError.None : ParseError.BadLength;
    }

    /// <summary>Writes as much of a match as there is room for; false: there is more of it.</summary>
    private bool TryFinishMatch(ref Output output)
    {
        int count = Math.Min(_left, output.Room);
        output.Repeat(_distance, count);
        _left -= count;
        _phase = _left == 0 ? Phase.InSymbols : Phase.InMatch;
        return _left == 0;
    }
}
