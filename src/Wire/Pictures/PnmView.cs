using System;

namespace Bootlace.Wire;

/// <summary>A picture of the portable anymap family (netpbm's PBM, PGM and PPM, P1 to P6): black and white, grey or
/// coloured, as numbers in text or in bytes.</summary>
public readonly ref struct PnmView
{
    private const int MaximumMax = 65535;
    private const int Bitmap = 1, Pixmap = 3;

    private readonly int _kind, _maximum;
    private readonly bool _isText;
    private readonly ReadOnlySpan<byte> _samples;

    private PnmView(int kind, bool isText, int width, int height, int maximum, ReadOnlySpan<byte> samples)
    {
        (_kind, _isText, _maximum) = (kind, isText, maximum);
        (Width, Height) = (width, height);
        _samples = samples;
    }

    /// <summary>Pixels of a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Recognises such a file by its first bytes.</summary>
    public static bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 2 && bytes[0] == 'P' && bytes[1] is >= (byte)'1' and <= (byte)'6'
        && (IsBlank(bytes[2]) || bytes[2] == '#');

    /// <summary>Reads everything but the pixels. Where these are bytes they are all there; text is read with them.
    /// What follows the picture counts for nothing: a file may hold another.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PnmView view, out ParseError error)
    {
        view = default;
        error = ParseError.BadKind;
        if (!Recognises(bytes)) return false;
        int format = bytes[1] - '0', kind = (format - 1) % Pixmap + 1, at = 2, maximum = 1;
        bool isText = format <= Pixmap;
        error = ParseError.TooShort;
        if (!TryTakeNumber(bytes, ref at, out int width) || !TryTakeNumber(bytes, ref at, out int height)) return false;
        if (kind != Bitmap && !TryTakeNumber(bytes, ref at, out maximum)) return false;
        error = ParseError.TooMany;
        if (width is 0 or > PictureView.SideMax || height is 0 or > PictureView.SideMax) return false;
        if ((long)width * height > PictureView.PixelsMax) return false;
        error = ParseError.BadCode;
        if (maximum is 0 or > MaximumMax) return false;
        error = ParseError.TooShort;
        if (at == bytes.Length) return false;
        error = ParseError.BadKind;
        if (!IsBlank(bytes[at])) return false;
        view = new PnmView(kind, isText, width, height, maximum, bytes[(at + 1)..]);   // one blank, then samples
        error = ParseError.TooShort;
        if (!isText && view._samples.Length / view.RowBytes < height) return false;
        error = ParseError.None;
        return true;
    }

    /// <summary>Reads the pixels, four bytes each: blue, green, red, and 255, since none can be seen through.</summary>
    /// <param name="pixels">Gets Width × Height pixels, the top row first.</param>
    /// <param name="error">What is wrong.</param>
    public bool TryDecode(Span<uint> pixels, out ParseError error)
    {
        int at = 0;
        for (int row = 0; row < Height; row++)
        {
            for (int column = 0; column < Width; column++)
            {
                error = ParseError.TooShort;
                if (!TryRead(row, column, 0, ref at, out int red)) return false;
                int green = red, blue = red;
                if (_kind == Pixmap && !TryRead(row, column, 1, ref at, out green)) return false;
                if (_kind == Pixmap && !TryRead(row, column, 2, ref at, out blue)) return false;
                error = ParseError.BadCode;
                if (int.Max(red, int.Max(green, blue)) > _maximum) return false;
                pixels[row * Width + column] = 0xff000000 | ToByte(red) << 16 | ToByte(green) << 8 | ToByte(blue);
            }
        }
        error = ParseError.None;
        return true;
    }

    private int Samples => _kind == Pixmap ? 3 : 1;

    private int SampleBytes => _maximum > byte.MaxValue ? 2 : 1;

    /// <summary>Of a row where samples are bytes, or eight bits to one.</summary>
    private int RowBytes => _kind == Bitmap ? (Width + 7) / 8 : Width * Samples * SampleBytes;

    /// <summary>In bitmaps 1 is black.</summary>
    private uint ToByte(int sample) =>
        (uint)((_kind == Bitmap ? 1 - sample : sample) * byte.MaxValue / _maximum);

    private bool TryRead(int row, int column, int part, ref int at, out int sample)
    {
        if (_isText) return TryTakeSample(ref at, out sample);
        ReadOnlySpan<byte> bytes = _samples.Slice(row * RowBytes, RowBytes);
        int index = column * Samples + part;
        sample = _kind == Bitmap ? bytes[column / 8] >> 7 - column % 8 & 1
            : SampleBytes == 1 ? bytes[index] : BigEndian.ReadU16(bytes, index * 2);
        return true;
    }

    /// <summary>The bits of a bitmap need no blanks between them.</summary>
    private bool TryTakeSample(ref int at, out int sample)
    {
        if (_kind != Bitmap) return TryTakeNumber(_samples, ref at, out sample);
        SkipBlanks(_samples, ref at);
        sample = at < _samples.Length ? _samples[at++] - '0' : -1;
        return sample is 0 or 1;
    }

    /// <summary>A number behind blanks and comments; one of more than nine digits is cut off there.</summary>
    private static bool TryTakeNumber(ReadOnlySpan<byte> bytes, ref int at, out int number)
    {
        const int digitsMax = 9;
        SkipBlanks(bytes, ref at);
        int start = at;
        number = 0;
        for (; at < bytes.Length && at - start < digitsMax && bytes[at] is >= (byte)'0' and <= (byte)'9'; at++)
            number = number * 10 + bytes[at] - '0';
        return at > start;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or >= (byte)'\t' and <= (byte)'\r';

    private static void SkipBlanks(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at < bytes.Length)
        {
            if (bytes[at] == '#')
            {
                int rest = bytes[at..].IndexOf((byte)'\n');
                at = rest < 0 ? bytes.Length : at + rest;
            }
            else if (IsBlank(bytes[at])) at++;
            else return;
        }
    }
}
