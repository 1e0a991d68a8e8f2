using System;
using System.Buffers.Binary;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>Our own PE image as the firmware has loaded it, where tools/ may have put further sections.</summary>
internal static unsafe class OwnImage
{
    private const int PeOffsetOffset = 0x3c, SectionCountOffset = 6, OptionalBytesOffset = 20, OptionalOffset = 24;
    private const int SectionHeaderBytes = 40, SectionNameBytes = 8;
    private const uint PeSignature = 0x4550;   // "PE"

    /// <summary>The section that holds the loader when it is packed.</summary>
    public static ReadOnlySpan<byte> LoaderSection => ".loader"u8;

    /// <summary>A copy of the section of that name (at most 8 characters) in our image, or in the packed image that
    /// started us; empty: there is none.</summary>
    public static byte[] CopySection(Services services, ReadOnlySpan<byte> name)
    {
        LoadedImage* own = Find(services, services.ImageHandle);
        if (own == null) return [];
        ReadOnlySpan<byte> section = FindSection(own, name);
        if (!section.IsEmpty) return section.ToArray();
        // Any other program, even another loader, may have such a section for itself.
        LoadedImage* parent = Find(services, own->ParentHandle);
        bool isPacked = !FindSection(parent, LoaderSection).IsEmpty;
        return isPacked ? FindSection(parent, name).ToArray() : [];
    }

    /// <summary>What the firmware says about an image; null: nothing.</summary>
    public static LoadedImage* Find(Services services, nint image) =>
        (LoadedImage*)services.TryGetProtocol(image, Guids.LoadedImage);

    /// <summary>The section of that name in a loaded image; empty: there is none. Not every parent is a PE file as it
    /// was linked, so nothing is believed.</summary>
    public static ReadOnlySpan<byte> FindSection(LoadedImage* image, ReadOnlySpan<byte> name)
    {
        if (image == null || image->ImageBase == null || image->ImageSize > int.MaxValue) return default;
        var bytes = new ReadOnlySpan<byte>(image->ImageBase, (int)image->ImageSize);
        if (!bytes.StartsWith("MZ"u8) || bytes.Length < PeOffsetOffset + sizeof(uint)) return default;
        uint peOffset = ReadU32(bytes[PeOffsetOffset..]);
        if (peOffset > bytes.Length - OptionalOffset) return default;
        ReadOnlySpan<byte> header = bytes[(int)peOffset..];
        if (ReadU32(header) != PeSignature) return default;
        int table = OptionalOffset + ReadU16(header[OptionalBytesOffset..]);
        if (table > header.Length) return default;

        ReadOnlySpan<byte> section = header[table..];
        for (int rest = ReadU16(header[SectionCountOffset..]); rest > 0; rest--)
        {
            if (section.Length < SectionHeaderBytes) return default;
            ReadOnlySpan<byte> found = section[..SectionNameBytes];
            if (found.StartsWith(name) && found[name.Length..].IndexOfAnyExcept((byte)0) < 0)
            {
                uint lengthBytes = ReadU32(section[8..]), address = ReadU32(section[12..]);
                bool isInside = address <= bytes.Length && lengthBytes <= bytes.Length - address;
                return isInside ? bytes.Slice((int)address, (int)lengthBytes) : default;
            }
            section = section[SectionHeaderBytes..];
        }
        return default;
    }

    private static ushort ReadU16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint ReadU32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
