using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>The header of a member of a "newc" cpio archive, as Linux unpacks an initrd
/// (Documentation/driver-api/early-userspace/buffer-format.rst): 110 characters of hexadecimal numbers, the name, NULs
/// up to a multiple of 4. The data follow, also padded to 4.</summary>
public readonly record struct NewcHeader(string Name, uint Mode, uint FileBytes)
{
    /// <summary>File type bits of <see cref="Mode"/>.</summary>
    public const uint RegularFile = 0x8000, Directory = 0x4000;

    /// <summary>Alignment of header with name, and of data.</summary>
    public const int Alignment = 4;

    internal const int FixedBytes = 110, FieldBytes = 8, FieldsOffset = 6;
    internal const int ModeField = 1, LinksField = 4, FileBytesField = 6, NameBytesField = 11, FieldCount = 13;

    /// <summary>The length that <see cref="Emit"/> writes: header, name, NULs.</summary>
    public int Bytes => FixedBytes + NameBytes + PaddingOf((uint)(FixedBytes + NameBytes));

    private int NameBytes => Encoding.UTF8.GetByteCount(Name) + 1;

    /// <summary>NULs that follow <paramref name="countBytes"/> bytes of name or data.</summary>
    public static int PaddingOf(uint countBytes) => (int)(0u - countBytes & Alignment - 1);

    /// <summary>Writes the header with inode, owner and times 0 and one link (spec/ipxe-compat.md 7.5); returns its
    /// length.
    /// </summary>
    public int Emit(Span<byte> target)
    {
        target = target[..Bytes];
        target.Clear();
        "070701"u8.CopyTo(target);
        for (int i = 0; i < FieldCount; i++)
        {
            uint value = i switch
            {
                ModeField => Mode,
                LinksField => 1,
                FileBytesField => FileBytes,
                NameBytesField => (uint)NameBytes,
                _ => 0,
            };
            for (int digit = 0; digit < FieldBytes; digit++)
            {
                target[FieldsOffset + i * FieldBytes + digit] =
                    "0123456789abcdef"u8[(int)(value >> 4 * (7 - digit) & 15)];
            }
        }
        Encoding.UTF8.GetBytes(Name, target[FixedBytes..]);
        return target.Length;
    }
}
