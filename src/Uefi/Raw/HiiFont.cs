using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_HII_FONT_PROTOCOL (UEFI 2.10, 34.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HiiFont
{
    public void* StringToImage;
    public void* StringIdToImage;
    public delegate* unmanaged<HiiFont*, ushort, FontDisplayInformation*, ImageOutput**, nuint*, nuint> GetGlyph;
    public void* GetFontInfo;
}

/// <summary>EFI_FONT_DISPLAY_INFO with an EFI_FONT_INFO that names no font.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FontDisplayInformation
{
    /// <summary>The firmware's own font, in its own size and style.</summary>
    public const uint SystemFont = 0x01 | 0x02 | 0x04;

    public uint Foreground;
    public uint Background;
    public uint Mask;
    public uint Style;
    public ushort Size;
    public ushort Name;
}

/// <summary>EFI_IMAGE_OUTPUT.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ImageOutput
{
    public ushort Width;
    public ushort Height;
    public uint* Bitmap;
}
