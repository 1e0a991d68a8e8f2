using System;
using System.Text;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>Our own PE image as the firmware has loaded it, where tools/Stub may have put sections of the
/// user's.</summary>
internal static unsafe class OwnImage
{
    private const int PeOffsetOffset = 0x3c, SectionCountOffset = 6, OptionalBytesOffset = 20, OptionalOffset = 24;
    private const int SectionHeaderBytes = 40, SectionNameBytes = 8;

    /// <summary>A copy of the section of that name (at most 8 characters); empty: there is none. The image is ours and
    /// intact, else we would not run; only what was added to it is checked.</summary>
    public static byte[] CopySection(Services services, string name)
    {
        var image = (LoadedImage*)services.TryGetProtocol(services.ImageHandle, Guids.LoadedImage);
        if (image == null || image->ImageBase == null) return [];
        byte* start = (byte*)image->ImageBase;
        byte* header = start + *(int*)(start + PeOffsetOffset);
        byte* section = header + OptionalOffset + *(ushort*)(header + OptionalBytesOffset);
        for (int rest = *(ushort*)(header + SectionCountOffset); rest > 0; rest--, section += SectionHeaderBytes)
        {
            string own = Encoding.ASCII.GetString(new ReadOnlySpan<byte>(section, SectionNameBytes));
            if (own.TrimEnd('\0') != name) continue;
            uint lengthBytes = *(uint*)(section + 8), address = *(uint*)(section + 12);
            if (address > image->ImageSize || lengthBytes > image->ImageSize - address) return [];
            if (lengthBytes > int.MaxValue) return [];
            return new ReadOnlySpan<byte>(start + address, (int)lengthBytes).ToArray();
        }
        return [];
    }
}
