using System;
using System.Buffers.Binary;
using Bootlace.Boot;

namespace Bootlace.Tests.Boot;

/// <summary>Makes small PE files: one header page and sections of 512 bytes each.</summary>
public static class TestPe
{
    public const int PeOffset = 0x80;
    public const int SectionTable = PeOffset + 24 + 240;
    public const int HeadersBytes = 0x400;

    public static byte[] Make(ushort machine = PeImage.X64, int sections = 2)
    {
        byte[] file = new byte[HeadersBytes + sections * 512];
        file[0] = (byte)'M';
        file[1] = (byte)'Z';
        U32(file, 0x3c, PeOffset);
        U32(file, PeOffset, 0x4550);
        U16(file, PeOffset + 4, machine);
        U16(file, PeOffset + 6, (ushort)sections);
        U16(file, PeOffset + 20, 240);
        int optional = PeOffset + 24;
        U16(file, optional, 0x20b);
        U32(file, optional + 32, 0x1000);
        U32(file, optional + 36, 0x200);
        U32(file, optional + 56, (uint)(0x1000 * (sections + 1)));
        U32(file, optional + 60, HeadersBytes);
        U16(file, optional + 68, 10);
        for (int i = 0; i < sections; i++)
        {
            int header = SectionTable + i * 40;
            file[header] = (byte)'.';
            U32(file, header + 8, 0x180);
            U32(file, header + 12, (uint)(0x1000 * (i + 1)));
            U32(file, header + 16, 0x200);
            U32(file, header + 20, (uint)(HeadersBytes + i * 512));
        }
        return file;
    }

    public static byte[] With(byte[] file, int offset, uint value)
    {
        byte[] changed = (byte[])file.Clone();
        U32(changed, offset, value);
        return changed;
    }

    private static void U16(byte[] file, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(offset), value);

    private static void U32(byte[] file, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(offset), value);
}
