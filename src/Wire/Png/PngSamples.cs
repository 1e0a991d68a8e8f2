using System;

namespace Bootlace.Wire;

/// <summary>Makes pixels of a PNG picture's samples.</summary>
internal readonly ref struct PngSamples
{
    private const uint Opaque = 0xff000000;
    private const int NoColour = -1;

    private readonly PngFormat _format;
    private readonly ReadOnlySpan<byte> _palette, _transparency;
    private readonly int _red, _green, _blue;   // of the one colour that is not there

    public PngSamples(PngFormat format, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> transparency)
    {
        _format = format;
        _palette = palette;
        _transparency = transparency;
        _red = _green = _blue = NoColour;
        if (format.ColourType == PngFormat.Grey && transparency.Length == 2)
            _red = _green = _blue = BigEndian.ReadU16(transparency, 0);
        if (format.ColourType != PngFormat.Colour || transparency.Length != 6) return;
        _red = BigEndian.ReadU16(transparency, 0);
        _green = BigEndian.ReadU16(transparency, 2);
        _blue = BigEndian.ReadU16(transparency, 4);
    }

    /// <summary>A pixel of a row: blue in the lowest byte, opacity in the highest. An index that the palette does not
    /// have is black.</summary>
    public uint Read(ReadOnlySpan<byte> row, int index)
    {
        int first = Sample(row, index * _format.Samples);
        switch (_format.ColourType)
        {
            case PngFormat.Palette:
                if (first >= _palette.Length / 3) return Opaque;
                uint alpha = first < _transparency.Length ? (uint)_transparency[first] << 24 : Opaque;
                ReadOnlySpan<byte> entry = _palette.Slice(first * 3, 3);
                return alpha | (uint)(entry[0] << 16 | entry[1] << 8 | entry[2]);
            case PngFormat.Grey:
                uint grey = ToByte(first);
                return (first == _red ? 0 : Opaque) | grey << 16 | grey << 8 | grey;
            case PngFormat.GreyAlpha:
                uint shade = ToByte(first);
                return ToByte(Sample(row, index * 2 + 1)) << 24 | shade << 16 | shade << 8 | shade;
        }
        int samples = _format.Samples;
        int green = Sample(row, index * samples + 1), blue = Sample(row, index * samples + 2);
        uint opacity = samples == 4 ? ToByte(Sample(row, index * samples + 3)) << 24
            : first == _red && green == _green && blue == _blue ? 0 : Opaque;
        return opacity | ToByte(first) << 16 | ToByte(green) << 8 | ToByte(blue);
    }

    private int Sample(ReadOnlySpan<byte> row, int index)
    {
        int depth = _format.Depth;
        if (depth == 8) return row[index];
        if (depth == 16) return BigEndian.ReadU16(row, index * 2);
        int bit = index * depth;
        return row[bit >> 3] >> 8 - depth - (bit & 7) & (1 << depth) - 1;
    }

    private uint ToByte(int sample) =>
        _format.Depth == 16 ? (uint)sample >> 8 : (uint)(sample * 255 / ((1 << _format.Depth) - 1));
}
