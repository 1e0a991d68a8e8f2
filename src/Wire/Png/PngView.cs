using System;

namespace Bootlace.Wire;

/// <summary>A picture file (PNG, ISO/IEC 15948). It is read in two steps, so that whoever has the memory can give it:
/// what it is, then its pixels.</summary>
public readonly ref struct PngView
{
    private const int LengthBytes = 4, NameBytes = 4, ChecksumBytes = 4, HeaderBytes = 13, PaletteMax = 256;
    private const uint HeaderName = 0x49484452, PaletteName = 0x504c5445, TransparencyName = 0x74524e53,
        DataName = 0x49444154, EndName = 0x49454e44;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    private readonly PngFormat _format;
    private readonly bool _isInterlaced;
    private readonly ReadOnlySpan<byte> _palette, _transparency, _data;   // _data: the chunks, with what is around them

    private PngView(ReadOnlySpan<byte> header)
    {
        Width = (int)BigEndian.ReadU32(header, 0);
        Height = (int)BigEndian.ReadU32(header, 4);
        _format = new PngFormat(header[9], header[8]);
        _isInterlaced = header[12] == 1;
        RawBytes = CountRawBytes();
    }

    private PngView(
        PngView header, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> transparency, ReadOnlySpan<byte> data)
    {
        this = header;
        _palette = palette;
        _transparency = transparency;
        _data = data;
    }

    /// <summary>Pixels of a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes of the rows once they are decompressed.</summary>
    public int RawBytes { get; }

    /// <summary>The most that the compressed data can have.</summary>
    public int DataBytesMax => _data.Length;

    /// <summary>Recognises a PNG file by its first bytes.</summary>
    public static bool Recognises(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    /// <summary>Reads everything but the pixels: each chunk is there, in its order, with its checksum.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PngView view, out ParseError error)
    {
        view = default;
        error = ParseError.BadKind;
        if (!Recognises(bytes)) return false;
        ReadOnlySpan<byte> rest = bytes[Signature.Length..], palette = default, transparency = default, data = default;
        if (!TryTake(ref rest, out uint name, out ReadOnlySpan<byte> content, out error)) return false;
        if (name != HeaderName || (error = JudgeHeader(content)) != ParseError.None)
        {
            if (name != HeaderName) error = ParseError.BadKind;
            return false;
        }
        var header = new PngView(content);
        while (true)
        {
            ReadOnlySpan<byte> chunk = rest;
            if (!TryTake(ref rest, out name, out content, out error)) return false;
            error = ParseError.BadOption;
            switch (name)
            {
                case PaletteName:
                    if (palette.Length > 0 || data.Length > 0 || !header.IsPalette(content)) return false;
                    palette = content;
                    break;
                case TransparencyName:
                    if (data.Length > 0 || !header.IsTransparency(content, palette.Length / 3)) return false;
                    transparency = content;
                    break;
                case DataName:
                    if (data.Length > 0) return false;   // all of them are taken below
                    TakeData(ref rest, out error);
                    if (error != ParseError.None) return false;
                    data = chunk[..(chunk.Length - rest.Length)];
                    break;
                case EndName:
                    if (content.Length > 0 || data.Length == 0) return false;
                    if (header._format.ColourType == PngFormat.Palette && palette.Length == 0) return false;
                    view = new PngView(header, palette, transparency, data);
                    error = ParseError.None;
                    return true;
                default:
                    if ((name & 0x20000000) == 0) return false;   // must be understood
                    break;
            }
        }
    }

    /// <summary>Reads the pixels, four bytes each: blue, green, red, and how opaque it is.</summary>
    /// <param name="data">Room for <see cref="DataBytesMax"/>.</param>
    /// <param name="raw">Room for exactly <see cref="RawBytes"/>.</param>
    /// <param name="pixels">Gets Width × Height pixels, the top row first.</param>
    /// <param name="error">What is wrong.</param>
    public bool TryDecode(Span<byte> data, Span<byte> raw, Span<uint> pixels, out ParseError error)
    {
        Check.That(raw.Length == RawBytes);
        int count = 0;
        ReadOnlySpan<byte> rest = _data;
        while (rest.Length > 0 && TryTake(ref rest, out _, out ReadOnlySpan<byte> part, out _))
        {
            part.CopyTo(data[count..]);
            count += part.Length;
        }
        if (!Zlib.TryRead(data[..count], raw, out error)) return false;
        int at = 0;
        for (int i = 0; i < (_isInterlaced ? PngPass.Interlaced : 1); i++)
        {
            PngPass pass = PngPass.Of(_isInterlaced, i);
            if (pass.Columns(Width) == 0) continue;
            int rowBytes = 1 + _format.RowBytes(pass.Columns(Width)), passBytes = pass.Rows(Height) * rowBytes;
            error = ParseError.BadCode;
            if (!PngFilter.TryUndo(raw.Slice(at, passBytes), rowBytes, _format.FilterBytes)) return false;
            Paint(raw.Slice(at, passBytes), pass, pixels);
            at += passBytes;
        }
        error = ParseError.None;
        return true;
    }

    private void Paint(ReadOnlySpan<byte> rows, PngPass pass, Span<uint> pixels)
    {
        var samples = new PngSamples(_format, _palette, _transparency);
        int columns = pass.Columns(Width), rowBytes = 1 + _format.RowBytes(columns);
        for (int row = 0; row < pass.Rows(Height); row++)
        {
            ReadOnlySpan<byte> bytes = rows.Slice(row * rowBytes + 1, rowBytes - 1);
            int at = (pass.Row + row * pass.RowStep) * Width + pass.Column;
            for (int i = 0; i < columns; i++) pixels[at + i * pass.ColumnStep] = samples.Read(bytes, i);
        }
    }

    private int CountRawBytes()
    {
        int count = 0;
        for (int i = 0; i < (_isInterlaced ? PngPass.Interlaced : 1); i++)
        {
            PngPass pass = PngPass.Of(_isInterlaced, i);
            int columns = pass.Columns(Width);
            if (columns > 0) count += pass.Rows(Height) * (1 + _format.RowBytes(columns));
        }
        return count;
    }

    private static ParseError JudgeHeader(ReadOnlySpan<byte> header)
    {
        if (header.Length != HeaderBytes) return ParseError.BadLength;
        uint width = BigEndian.ReadU32(header, 0), height = BigEndian.ReadU32(header, 4);
        if (width is 0 or > PictureView.SideMax || height is 0 or > PictureView.SideMax) return ParseError.TooMany;
        if (width * height > PictureView.PixelsMax) return ParseError.TooMany;
        bool isKnown = new PngFormat(header[9], header[8]).IsKnown && header[10] == 0 && header[11] == 0;
        return isKnown && header[12] <= 1 ? ParseError.None : ParseError.BadKind;
    }

    private bool IsPalette(ReadOnlySpan<byte> content) =>
        _format.ColourType is not (PngFormat.Grey or PngFormat.GreyAlpha)
        && content.Length > 0 && content.Length % 3 == 0 && content.Length / 3 <= PaletteMax;

    private bool IsTransparency(ReadOnlySpan<byte> content, int paletteEntries) => _format.ColourType switch
    {
        PngFormat.Grey => content.Length == 2,
        PngFormat.Colour => content.Length == 6,
        PngFormat.Palette => content.Length > 0 && content.Length <= paletteEntries,
        _ => false,
    };

    /// <summary>Passes over all data chunks behind the first one.</summary>
    private static void TakeData(scoped ref ReadOnlySpan<byte> rest, out ParseError error)
    {
        error = ParseError.None;
        while (rest.Length >= LengthBytes + NameBytes && BigEndian.ReadU32(rest, LengthBytes) == DataName)
        {
            if (!TryTake(ref rest, out _, out _, out error)) return;
        }
    }

    private static bool TryTake(
        scoped ref ReadOnlySpan<byte> rest, out uint name, out ReadOnlySpan<byte> content, out ParseError error)
    {
        name = 0;
        content = default;
        error = ParseError.TooShort;
        if (rest.Length < LengthBytes + NameBytes + ChecksumBytes) return false;
        uint length = BigEndian.ReadU32(rest, 0);
        if (length > rest.Length - (LengthBytes + NameBytes + ChecksumBytes)) return false;
        name = BigEndian.ReadU32(rest, LengthBytes);
        ReadOnlySpan<byte> summed = rest.Slice(LengthBytes, NameBytes + (int)length);
        error = ParseError.BadChecksum;
        if (Crc32.Append(0, summed) != BigEndian.ReadU32(rest, LengthBytes + summed.Length)) return false;
        content = summed[NameBytes..];
        rest = rest[(LengthBytes + summed.Length + ChecksumBytes)..];
        error = ParseError.None;
        return true;
    }
}
