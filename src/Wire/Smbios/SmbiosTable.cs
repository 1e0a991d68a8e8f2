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

    /// <summary>The structure of <paramref name="type"/> that comes after <paramref name="instance"/> others of that
    /// type. False when there is none, or the table is damaged before it.</summary>
    public static bool TryFind(ReadOnlySpan<byte> table, byte type, int instance, out SmbiosStructure structure)
    {
        structure = default;
        for (int i = 0; i < StructuresMax && table.Length >= HeaderBytes; i++)
        {
            int lengthBytes = table[1];
            if (lengthBytes < HeaderBytes || lengthBytes > table.Length) return false;
            ReadOnlySpan<byte> strings = table[lengthBytes..];
            int end = strings.IndexOf(DoubleNul);
            if (table[0] == type && instance-- == 0)
            {
                structure = new SmbiosStructure(table[..lengthBytes], end < 0 ? strings : strings[..end]);
                return true;
            }
            if (end < 0 || table[0] == EndOfTable) return false;
            table = strings[(end + DoubleNul.Length)..];
        }
        return false;
    }

    /// <summary>The machine's UUID (section 7.2.1) as it is stored, the first three fields little-endian; false when it
    /// is not there or not set, which is all zeroes or all ones.</summary>
    public static bool TryReadUuid(ReadOnlySpan<byte> table, out ReadOnlySpan<byte> uuid)
    {
        uuid = default;
        if (!TryFind(table, SystemInformation, 0, out SmbiosStructure system)) return false;
        if (system.Fields.Length < UuidOffset + UuidBytes) return false;
        uuid = system.Fields.Slice(UuidOffset, UuidBytes);
        return IsSet(uuid);
    }

    /// <summary>Whether somebody has given the machine that UUID: all zeroes or all ones say that nobody
    /// has.</summary>
    public static bool IsSet(ReadOnlySpan<byte> uuid) =>
        uuid.IndexOfAnyExcept((byte)0x00) >= 0 && uuid.IndexOfAnyExcept((byte)0xff) >= 0;

    /// <summary>A UUID with its first three fields the other way round: SMBIOS has them little-endian, settings have
    /// all of it big-endian.</summary>
    public static byte[] SwapUuid(ReadOnlySpan<byte> uuid)
    {
        Check.That(uuid.Length == UuidBytes);
        byte[] swapped = uuid.ToArray();
        swapped.AsSpan(0, 4).Reverse();
        swapped.AsSpan(4, 2).Reverse();
        swapped.AsSpan(6, 2).Reverse();
        return swapped;
    }

    private static ReadOnlySpan<byte> DoubleNul => [0, 0];
}
