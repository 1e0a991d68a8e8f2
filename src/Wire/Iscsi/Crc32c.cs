using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>The checksum of header and data digests: CRC-32C, polynomial 0x1edc6f41, bit-reversed (RFC 7143 section
/// 13.1, RFC 3720 appendix B.4). With digests on it runs over every byte read and written, so it takes eight bytes a
/// step.</summary>
public static class Crc32c
{
    private const uint Polynomial = 0x82f63b78;   // 0x1edc6f41, bit-reversed
    private const int Slices = 8, SliceEntries = 256;

    private static readonly uint[] s_tables = MakeTables();

    /// <summary>The checksum of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Continue(0, bytes);

    /// <summary>The checksum of what <paramref name="checksum"/> is that of, and <paramref name="bytes"/> behind it; 0
    /// is that of nothing.</summary>
    public static uint Continue(uint checksum, ReadOnlySpan<byte> bytes)
    {
        // tables of a length known here: the compiler sees that no byte leads outside
        ReadOnlySpan<uint> tables = s_tables;
        ReadOnlySpan<uint> t0 = tables[..SliceEntries], t1 = tables.Slice(1 * SliceEntries, SliceEntries);
        ReadOnlySpan<uint> t2 = tables.Slice(2 * SliceEntries, SliceEntries);
        ReadOnlySpan<uint> t3 = tables.Slice(3 * SliceEntries, SliceEntries);
        ReadOnlySpan<uint> t4 = tables.Slice(4 * SliceEntries, SliceEntries);
        ReadOnlySpan<uint> t5 = tables.Slice(5 * SliceEntries, SliceEntries);
        ReadOnlySpan<uint> t6 = tables.Slice(6 * SliceEntries, SliceEntries);
        ReadOnlySpan<uint> t7 = tables.Slice(7 * SliceEntries, SliceEntries);
        uint crc = ~checksum;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            ulong block = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            uint low = (uint)block ^ crc, high = (uint)(block >> 32);
            crc = t7[(byte)low] ^ t6[(byte)(low >> 8)] ^ t5[(byte)(low >> 16)] ^ t4[(int)(low >> 24)]
                ^ t3[(byte)high] ^ t2[(byte)(high >> 8)] ^ t1[(byte)(high >> 16)] ^ t0[(int)(high >> 24)];
        }
        foreach (byte value in bytes) crc = crc >> 8 ^ t0[(byte)(crc ^ value)];
        return ~crc;
    }

    /// <summary>Reads a digest's four bytes.</summary>
    public static uint Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>Writes a digest's four bytes: as the bits are reversed, the lowest first.</summary>
    public static void Write(Span<byte> target, uint checksum) =>
        BinaryPrimitives.WriteUInt32LittleEndian(target, checksum);

    /// <summary>Table n says what a byte does to the checksum when n more bytes follow it.</summary>
    private static uint[] MakeTables()
    {
        var tables = new uint[Slices * SliceEntries];
        for (uint entry = 0; entry < SliceEntries; entry++)
        {
            uint crc = entry;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ Polynomial : crc >> 1;
            tables[entry] = crc;
        }
        for (int i = SliceEntries; i < tables.Length; i++)
        {
            uint before = tables[i - SliceEntries];
            tables[i] = before >> 8 ^ tables[before & 0xff];
        }
        return tables;
    }
}
