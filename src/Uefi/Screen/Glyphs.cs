using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>The firmware's own font: what it draws its texts with, a row of bits for each row of a character.</summary>
internal sealed unsafe class Glyphs
{
    /// <summary>Of a narrow character (UEFI 2.10, 33.3.1.1).</summary>
    public const int Width = 8, Height = 19;

    private const char First = '!', Last = '~';

    private readonly Services _services;
    private readonly HiiFont* _font;
    private readonly byte[]?[] _glyphs = new byte[Last - First + 1][];

    private Glyphs(Services services, HiiFont* font)
    {
        _services = services;
        _font = font;
    }

    /// <summary>The font, or null: the firmware does not show it to others.</summary>
    public static Glyphs? Find(Services services)
    {
        var font = (HiiFont*)services.TryLocateProtocol(Guids.HiiFont);
        if (font == null) return null;
        var glyphs = new Glyphs(services, font);
        return glyphs.TryRead('A') is null ? null : glyphs;
    }

    /// <summary>The rows of a character, the leftmost pixel in the highest bit; empty: nothing is to be seen.</summary>
    public byte[] Of(char c) => c is < First or > Last ? [] : _glyphs[c - First] ??= TryRead(c) ?? [];

    private byte[]? TryRead(char c)
    {
        // EDK2 draws with its simple fonts only where no font is named, in the colours of its text screen.
        ImageOutput* image = null;
        Status status = _font->GetGlyph(_font, c, null, &image, null);
        if (image == null) return null;
        byte[]? rows = null;
        if (!status.IsError && image->Bitmap != null && image->Width == Width && image->Height == Height)
        {
            uint background = image->Bitmap[0];   // no letter reaches the first row
            rows = new byte[Height];
            for (int i = 0; i < Width * Height; i++)
            {
                if (image->Bitmap[i] != background) rows[i / Width] |= (byte)(0x80 >> i % Width);
            }
        }
        if (image->Bitmap != null) _services.Boot->FreePool(image->Bitmap);
        _services.Boot->FreePool(image);
        return rows;
    }
}
