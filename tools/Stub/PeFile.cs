using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Bootlace.Stub;

/// <summary>Adds a section to a PE32+ file (PE format, sections 3 and 4). Everything already in the file stays where it
/// is.
/// </summary>
public static class PeFile
{
    private const int PeOffsetOffset = 0x3c, SectionHeaderBytes = 40, OptionalHeaderOffset = 24;
    private const int SectionCountOffset = 6, OptionalHeaderSizeOffset = 20;
    private const int SectionAlignmentOffset = 32, FileAlignmentOffset = 36;
    private const int SizeOfImageOffset = 56, SizeOfHeadersOffset = 60;
    private const int ChecksumOffset = 64, SecurityDirectoryOffset = 144;
    private const uint ReadableInitializedData = 0x4000_0040;

    /// <summary>Returns <paramref name="file"/> with a read-only section that holds <paramref name="content"/> after
    /// all others. Throws InvalidDataException when the file is no PE32+ image, has that section already, is signed, or
    /// its header has no room.</summary>
    public static byte[] WithSection(byte[] file, string name, ReadOnlySpan<byte> content)
    {
        Require(file.Length >= 0x40 && file[0] == 'M' && file[1] == 'Z', "not an EFI program");
        int pe = (int)ReadU32(file, PeOffsetOffset);
        Require(pe >= 0x40 && pe <= file.Length - 256 && ReadU32(file, pe) == 0x4550, "not an EFI program");
        int optional = pe + OptionalHeaderOffset;
        Require(ReadU16(file, optional) == 0x20b, "not a 64-bit EFI program");
        bool isSigned = ReadU32(file, optional + SecurityDirectoryOffset + 4) != 0;
        Require(!isSigned, "the loader is signed: embed first, then sign");
        int count = ReadU16(file, pe + SectionCountOffset);
        int table = optional + ReadU16(file, pe + OptionalHeaderSizeOffset);
        int headersBytes = (int)ReadU32(file, optional + SizeOfHeadersOffset);
        Require(count is > 0 and < 96 && headersBytes <= file.Length, "the section table is damaged");
        Require(headersBytes - table >= (count + 1) * SectionHeaderBytes, "no room for another section header");

        uint sectionAlignment = ReadU32(file, optional + SectionAlignmentOffset);
        uint fileAlignment = ReadU32(file, optional + FileAlignmentOffset);
        Require(sectionAlignment > 0 && fileAlignment > 0, "the alignments are damaged");
        uint endOfImage = 0;
        for (int i = 0; i < count; i++)
        {
            int header = table + i * SectionHeaderBytes;
            Require(NameOf(file.AsSpan(header, 8)) != name, $"there is a {name} section already");
            endOfImage = Math.Max(endOfImage, ReadU32(file, header + 12) + ReadU32(file, header + 8));
        }

        uint address = AlignUp(endOfImage, sectionAlignment);
        int rawOffset = (int)AlignUp((uint)file.Length, fileAlignment);
        int rawBytes = (int)AlignUp((uint)content.Length, fileAlignment);
        byte[] result = new byte[rawOffset + rawBytes];
        file.CopyTo(result, 0);
        content.CopyTo(result.AsSpan(rawOffset));

        Span<byte> added = result.AsSpan(table + count * SectionHeaderBytes, SectionHeaderBytes);
        added.Clear();
        Encoding.ASCII.GetBytes(name, added);
        BinaryPrimitives.WriteUInt32LittleEndian(added[8..], (uint)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(added[12..], address);
        BinaryPrimitives.WriteUInt32LittleEndian(added[16..], (uint)rawBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(added[20..], (uint)rawOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(added[36..], ReadableInitializedData);
        BinaryPrimitives.WriteUInt16LittleEndian(result.AsSpan(pe + SectionCountOffset), (ushort)(count + 1));
        uint imageBytes = AlignUp(address + (uint)content.Length, sectionAlignment);
        BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(optional + SizeOfImageOffset), imageBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(optional + ChecksumOffset), 0);
        return result;
    }

    private static string NameOf(ReadOnlySpan<byte> field) => Encoding.ASCII.GetString(field).TrimEnd('\0');

    private static uint AlignUp(uint value, uint alignment) => (value + alignment - 1) / alignment * alignment;

    private static ushort ReadU16(byte[] file, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(offset));

    private static uint ReadU32(byte[] file, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(offset));

    private static void Require(bool condition, string sentence)
    {
        if (!condition) throw new InvalidDataException(sentence);
    }
}
