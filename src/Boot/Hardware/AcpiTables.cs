using System;
using System.Buffers.Binary;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Finds ACPI's tables in memory (ACPI 6.5, section 5.2). The firmware wrote all of it, and damaged lengths
/// have been seen.</summary>
public sealed class AcpiTables(IHardware hardware)
{
    private const int EntriesMax = 1024, SecondariesMax = 256;

    /// <summary>The table of that signature (its first letter in the highest byte) that comes after
    /// <paramref name="instance"/> others of the same; empty: there is none.</summary>
    public ReadOnlySpan<byte> Find(uint signature, int instance)
    {
        if (signature == AcpiHeader.Dsdt)
        {
            ReadOnlySpan<byte> fadt = instance == 0 ? Find(AcpiHeader.Fadt, 0) : default;
            return fadt.IsEmpty ? default : Read(AcpiHeader.ReadDsdtAddress(fadt), signature);
        }
        ReadOnlySpan<byte> start = hardware.ReadMemory(hardware.AcpiRoot, AcpiRootPointer.BytesMax);
        if (!AcpiRootPointer.TryRead(start, out AcpiRootPointer root)) return default;
        ReadOnlySpan<byte> entries = Read(root.Address, null);
        entries = entries.IsEmpty ? default : entries[AcpiHeader.Bytes..];
        for (int i = 0; i < EntriesMax && entries.Length >= root.EntryBytes; i++, entries = entries[root.EntryBytes..])
        {
            ulong address = root.EntryBytes == sizeof(ulong)
                ? BinaryPrimitives.ReadUInt64LittleEndian(entries) : BinaryPrimitives.ReadUInt32LittleEndian(entries);
            ReadOnlySpan<byte> table = Read(address, signature);
            if (!table.IsEmpty && instance-- == 0) return table;
        }
        return default;
    }

    /// <summary>${sysmac}: the station address in ACPI's code; null: none.</summary>
    public byte[]? FindStationAddress()
    {
        for (int i = -1; i < SecondariesMax; i++)
        {
            ReadOnlySpan<byte> table = i < 0 ? Find(AcpiHeader.Dsdt, 0) : Find(AcpiHeader.Ssdt, i);
            if (table.IsEmpty && i >= 0) return null;
            if (!AcpiStationAddress.TryFind(table, out MacAddress address)) continue;
            byte[] bytes = new byte[MacAddress.Bytes];
            address.Write(bytes);
            return bytes;
        }
        return null;
    }

    /// <summary>The table there, as a whole; empty when there is none, or another one.</summary>
    private ReadOnlySpan<byte> Read(ulong address, uint? signature)
    {
        if (address == 0) return default;
        ReadOnlySpan<byte> start = hardware.ReadMemory(address, AcpiHeader.Bytes);
        if (!AcpiHeader.TryRead(start, out AcpiHeader header, out _)) return default;
        return signature is { } wanted && header.Signature != wanted
            ? default : hardware.ReadMemory(address, header.LengthBytes);
    }
}
