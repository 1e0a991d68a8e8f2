using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_HII_FONT_PROTOCOL (UEFI 2.10, 34.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HiiFont
{
    public void* StringToImage;
    public void* StringIdToImage;
    public delegate* unmanaged<HiiFont*, ushort, void*, ImageOutput**, nuint*, nuint> GetGlyph;
    public void* GetFontInfo;
}

/// <summary>EFI_IMAGE_OUTPUT.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ImageOutput
{
    public ushort Width;
    public ushort Height;
    public uint* Bitmap;
}
