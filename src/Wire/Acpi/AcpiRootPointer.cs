using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>Says where the list of ACPI's tables is (ACPI 6.5, section 5.2.5.3).</summary>
/// <param name="Address">The list's physical address.</param>
/// <param name="EntryBytes">Length of an address in it: 8 in the XSDT, 4 in the older RSDT.</param>
public readonly record struct AcpiRootPointer(ulong Address, int EntryBytes)
{
    /// <summary>Length of the form with a long address.</summary>
    public const int BytesMax = 36;

    private const int OldBytes = 20, RevisionOffset = 15, ShortAddressOffset = 16, LongAddressOffset = 24;
    private const byte LongForm = 2;

    /// <summary>Reads either form; the long address is taken where there is one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out AcpiRootPointer root)
    {
        root = default;
        if (bytes.Length < OldBytes || !bytes.StartsWith("RSD PTR "u8)) return false;
        if (bytes.Length >= BytesMax && bytes[RevisionOffset] >= LongForm)
            root = new AcpiRootPointer(BinaryPrimitives.ReadUInt64LittleEndian(bytes[LongAddressOffset..]), 8);
        if (root.Address == 0)
            root = new AcpiRootPointer(BinaryPrimitives.ReadUInt32LittleEndian(bytes[ShortAddressOffset..]), 4);
        return root.Address != 0;
    }
}
