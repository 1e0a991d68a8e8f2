using System;

namespace Bootlace.Wire;

/// <summary>The checksum of gzip and PNG (RFC 1952, section 8): CRC-32 with the polynomial of Ethernet.</summary>
public static class Crc32
{
    private const uint Polynomial = 0xedb8_8320;   // bit by bit from the lowest
    private const int Slices = 4;

    private static readonly uint[] s_tables = MakeTables();

    /// <summary>Adds bytes to the checksum of what came before them; 0: nothing did.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint[] tables = s_tables;
        uint value = ~checksum;
        while (bytes.Length >= Slices)
        {
            value ^= (uint)(bytes[0] | bytes[1] << 8 | bytes[2] << 16 | bytes[3] << 24);
            value = tables[768 + (int)(value & 0xff)] ^ tables[512 + (int)(value >> 8 & 0xff)]
                ^ tables[256 + (int)(value >> 16 & 0xff)] ^ tables[(int)(value >> 24)];
            bytes = bytes[Slices..];
        }
        foreach (byte next in bytes) value = value >> 8 ^ tables[(int)((value ^ next) & 0xff)];
        return ~value;
    }

    /// <summary>One table for each byte of four: what it does, and what the zeroes after it make of that.</summary>
    private static uint[] MakeTables()
    {
        uint[] tables = new uint[Slices * 256];
        for (int i = 0; i < 256; i++)
        {
            uint value = (uint)i;
            for (int bit = 0; bit < 8; bit++) value = value >> 1 ^ ((value & 1) * Polynomial);
            tables[i] = value;
        }
        for (int i = 256; i < tables.Length; i++)
        {
            uint shorter = tables[i - 256];
            tables[i] = shorter >> 8 ^ tables[(int)(shorter & 0xff)];
        }
        return tables;
    }
}
