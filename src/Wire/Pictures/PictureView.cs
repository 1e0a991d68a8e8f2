using System;

namespace Bootlace.Wire;

/// <summary>A picture file of any kind that is known. It is read in two steps, so that whoever has the memory can give
/// it: what it is, then its pixels.</summary>
public readonly ref struct PictureView
{
    /// <summary>Largest width and height.</summary>
    public const int SideMax = 16384;

    /// <summary>Most pixels: twice what a large screen has.</summary>
    public const int PixelsMax = 1 << 24;

    private readonly PngView _png;
    private readonly PnmView _pnm;
    private readonly bool _isPng;

    private PictureView(PngView png)
    {
        _png = png;
        _isPng = true;
    }

    private PictureView(PnmView pnm) => _pnm = pnm;

    /// <summary>Pixels of a row.</summary>
    public int Width => _isPng ? _png.Width : _pnm.Width;

    /// <summary>Rows.</summary>
    public int Height => _isPng ? _png.Height : _pnm.Height;

    /// <summary>Room that <see cref="TryDecode"/> needs beside that for the pixels; 0: none.</summary>
    public int ScratchBytes => _isPng ? _png.DataBytesMax + _png.RawBytes : 0;

    /// <summary>Reads everything but the pixels.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PictureView view, out ParseError error)
    {
        view = default;
        if (PnmView.Recognises(bytes))
        {
            if (!PnmView.TryRead(bytes, out PnmView pnm, out error)) return false;
            view = new PictureView(pnm);
            return true;
        }
        if (!PngView.TryRead(bytes, out PngView png, out error)) return false;
        view = new PictureView(png);
        return true;
    }

    /// <summary>Reads the pixels, four bytes each: blue, green, red, and how opaque it is.</summary>
    /// <param name="scratch">Room for <see cref="ScratchBytes"/>.</param>
    /// <param name="pixels">Gets Width × Height pixels, the top row first.</param>
    /// <param name="error">What is wrong.</param>
    public bool TryDecode(Span<byte> scratch, Span<uint> pixels, out ParseError error)
    {
        if (!_isPng) return _pnm.TryDecode(pixels, out error);
        Span<byte> data = scratch[.._png.DataBytesMax], raw = scratch.Slice(_png.DataBytesMax, _png.RawBytes);
        return _png.TryDecode(data, raw, pixels, out error);
    }
}
