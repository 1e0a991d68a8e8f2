namespace Bootlace.Wire;

/// <summary>How a PNG picture's samples lie (ISO/IEC 15948, 11.2.2).</summary>
/// <param name="ColourType">Bits: palette, colour, alpha.</param>
/// <param name="Depth">Bits of a sample, or of an index into the palette.</param>
internal readonly record struct PngFormat(byte ColourType, byte Depth)
{
    public const byte Grey = 0, Colour = 2, Palette = 3, GreyAlpha = 4, ColourAlpha = 6;

    /// <summary>One of the combinations that there are.</summary>
    public bool IsKnown => ColourType switch
    {
        Grey => Depth is 1 or 2 or 4 or 8 or 16,
        Palette => Depth is 1 or 2 or 4 or 8,
        Colour or GreyAlpha or ColourAlpha => Depth is 8 or 16,
        _ => false,
    };

    /// <summary>Samples of a pixel.</summary>
    public int Samples => ColourType switch { Colour => 3, GreyAlpha => 2, ColourAlpha => 4, _ => 1 };

    /// <summary>Bits of a pixel.</summary>
    public int PixelBits => Samples * Depth;

    /// <summary>How far back a filter finds the same byte of the pixel before.</summary>
    public int FilterBytes => int.Max(1, PixelBits / 8);

    /// <summary>Bytes of a row without that of its filter.</summary>
    public int RowBytes(int width) => (int)(((long)width * PixelBits + 7) / 8);
}
