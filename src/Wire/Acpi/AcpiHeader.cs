using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>What every ACPI table begins with (ACPI 6.5, section 5.2.6).</summary>
/// <param name="Signature">Four letters, the first in the highest byte: "APIC" is 0x41504943.</param>
/// <param name="LengthBytes">The table's length, this header included.</param>
public readonly record struct AcpiHeader(uint Signature, int LengthBytes)
{
    /// <summary>Its length.</summary>
    public const int Bytes = 36;

    /// <summary>Longer tables are taken for damaged ones: the largest, DSDTs of big machines, have some hundred
    /// kilobytes.</summary>
    public const int TableBytesMax = 16 * 1024 * 1024;

    private const int LengthOffset = 4;

    /// <summary>The table with the machine's own code.</summary>
    public const uint Dsdt = 0x44534454;
    /// <summary>More of it.</summary>
    public const uint Ssdt = 0x53534454;
    /// <summary>The table that says where the DSDT is, which is in no list.</summary>
    public const uint Fadt = 0x46414350;

    /// <summary>Reads the start of a table.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out AcpiHeader header, out ParseError error)
    {
        header = default;
        error = ParseError.TooShort;
        if (bytes.Length < Bytes) return false;
        uint lengthBytes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[LengthOffset..]);
        error = ParseError.BadLength;
        if (lengthBytes is < Bytes or > TableBytesMax) return false;
        error = ParseError.None;
        header = new AcpiHeader(BigEndian.ReadU32(bytes, 0), (int)lengthBytes);
        return true;
    }

    /// <summary>Where a FADT, given whole, says that the DSDT is (section 5.2.9); 0: it does not.</summary>
    public static ulong ReadDsdtAddress(ReadOnlySpan<byte> fadt)
    {
        const int shortOffset = 40, longOffset = 140;
        ulong address = fadt.Length >= longOffset + sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(fadt[longOffset..]) : 0;
        if (address != 0) return address;
        return fadt.Length >= shortOffset + sizeof(uint)
            ? BinaryPrimitives.ReadUInt32LittleEndian(fadt[shortOffset..]) : 0;
    }
}
