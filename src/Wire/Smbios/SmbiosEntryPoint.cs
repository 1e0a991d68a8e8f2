using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>Says where the SMBIOS table is (SMBIOS 3.6, section 5.2).</summary>
/// <param name="Address">Its physical address.</param>
/// <param name="LengthBytes">Its length, or the most it can have.</param>
/// <param name="Version">Of SMBIOS, the major number in the high byte.</param>
public readonly record struct SmbiosEntryPoint(ulong Address, uint LengthBytes, ushort Version)
{
    /// <summary>Length of the longer form, whose bytes must all be readable.</summary>
    public const int BytesMax = 31;

    /// <summary>From this version on a UUID's first three fields are little-endian.</summary>
    public const ushort MixedEndianUuids = 0x0206;

    private const int OldBytes = 31, OldVersionOffset = 6, NewVersionOffset = 7;
    private const int OldLengthOffset = 22, OldAddressOffset = 24;
    private const int NewBytes = 24, NewLengthOffset = 12, NewAddressOffset = 16;

    /// <summary>Reads either form, <c>_SM_</c> or <c>_SM3_</c>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SmbiosEntryPoint entry)
    {
        entry = default;
        if (bytes.Length >= NewBytes && bytes.StartsWith("_SM3_"u8))
        {
            entry = new SmbiosEntryPoint(
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[NewAddressOffset..]),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[NewLengthOffset..]),
                BigEndian.ReadU16(bytes, NewVersionOffset));
            return true;
        }
        if (bytes.Length >= OldBytes && bytes.StartsWith("_SM_"u8))
        {
            entry = new SmbiosEntryPoint(
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[OldAddressOffset..]),
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[OldLengthOffset..]),
                BigEndian.ReadU16(bytes, OldVersionOffset));
            return true;
        }
        return false;
    }
}
