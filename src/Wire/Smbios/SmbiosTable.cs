using System;

namespace Bootlace.Wire;

/// <summary>The structures that describe the machine (SMBIOS 3.6, section 6.1): each a header with its type and length,
/// its fields, and its strings, which end with an empty one.</summary>
public static class SmbiosTable
{
    private const int HeaderBytes = 4;
    private const int StructuresMax = 4096;
    private const byte SystemInformation = 1, EndOfTable = 127;
    private const int UuidOffset = 8, UuidBytes = 16;

    /// <summary>The fields of the first structure of <paramref name="type"/>, its header included, without its strings.
    /// False when there is none, or the table is damaged before it.</summary>
    public static bool TryFind(ReadOnlySpan<byte> table, byte type, out ReadOnlySpan<byte> structure)
    {
        structure = default;
        for (int i = 0; i < StructuresMax && table.Length >= HeaderBytes; i++)
        {
            int lengthBytes = table[1];
            if (lengthBytes < HeaderBytes || lengthBytes > table.Length) return false;
            if (table[0] == type)
            {
                structure = table[..lengthBytes];
                return true;
            }
            if (table[0] == EndOfTable) return false;
            ReadOnlySpan<byte> strings = table[lengthBytes..];
            int end = strings.IndexOf(DoubleNul);
            if (end < 0) return false;
            table = strings[(end + DoubleNul.Length)..];
        }
        return false;
    }

    /// <summary>The machine's UUID (section 7.2.1) as it is stored, the first three fields little-endian; false when it
    /// is not there or not set, which is all zeroes or all ones.</summary>
    public static bool TryReadUuid(ReadOnlySpan<byte> table, out ReadOnlySpan<byte> uuid)
    {
        uuid = default;
        if (!TryFind(table, SystemInformation, out ReadOnlySpan<byte> system)) return false;
        if (system.Length < UuidOffset + UuidBytes) return false;
        uuid = system.Slice(UuidOffset, UuidBytes);
        return uuid.IndexOfAnyExcept((byte)0x00) >= 0 && uuid.IndexOfAnyExcept((byte)0xff) >= 0;
    }

    private static ReadOnlySpan<byte> DoubleNul => [0, 0];
}
