using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_GRAPHICS_OUTPUT_PROTOCOL (UEFI 2.10, 12.9).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GraphicsOutput
{
    public delegate* unmanaged<GraphicsOutput*, uint, nuint*, GraphicsModeInformation**, nuint> QueryMode;
    public delegate* unmanaged<GraphicsOutput*, uint, nuint> SetMode;
    public delegate* unmanaged<GraphicsOutput*, uint*, int, nuint, nuint, nuint, nuint, nuint, nuint, nuint, nuint> Blt;
    public GraphicsOutputMode* Mode;
}

/// <summary>EFI_GRAPHICS_OUTPUT_PROTOCOL_MODE.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GraphicsOutputMode
{
    public uint MaxMode;
    public uint Mode;
    public GraphicsModeInformation* Info;
    public nuint SizeOfInfo;
    public ulong FrameBufferBase;
    public nuint FrameBufferSize;
}

/// <summary>EFI_GRAPHICS_OUTPUT_MODE_INFORMATION, as far as it is read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GraphicsModeInformation
{
    public uint Version;
    public uint HorizontalResolution;
    public uint VerticalResolution;
    public uint PixelFormat;
}

/// <summary>EFI_GRAPHICS_OUTPUT_BLT_OPERATION.</summary>
internal static class BltOperation
{
    public const int BufferToVideo = 2;
}
