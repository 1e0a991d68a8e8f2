using System;

namespace Bootlace.Harness;

/// <summary>Checksums of the formats that the harness writes.</summary>
public static class Checksum
{
    /// <summary>The checksum of IEEE 802.3, as U-Boot's environment and GUID partition tables are guarded
    /// with.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        const uint Polynomial = 0xEDB88320;
        uint checksum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            checksum ^= value;
            for (int bit = 0; bit < 8; bit++)
                checksum = (checksum >> 1) ^ ((checksum & 1) != 0 ? Polynomial : 0);
        }

        return ~checksum;
    }
}
