using System;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>Who this machine is, by SMBIOS. EDK2 for arm64 and newer U-Boot have only the 3.0 entry point, older
/// firmware only the 2.x one (facts/firmware.md 5).</summary>
internal static unsafe class MachineIdentity
{
    private const uint TableBytesMax = 1024 * 1024;

    /// <summary>The UUID as stored, first three fields little-endian; empty: none.</summary>
    public static byte[] ReadUuid(Services services) =>
        TryFind(services, out ReadOnlySpan<byte> structures, out _)
            && SmbiosTable.TryReadUuid(structures, out ReadOnlySpan<byte> uuid) ? uuid.ToArray() : [];

    /// <summary>The structures, and the version of SMBIOS with the major number in the high byte.</summary>
    public static bool TryFind(Services services, out ReadOnlySpan<byte> structures, out ushort version)
    {
        SystemTable* table = services.Table;
        for (nuint i = 0; i < table->NumberOfTableEntries; i++)
        {
            ConfigurationTable* row = table->ConfigurationTable + i;
            if (row->VendorGuid != Guids.Smbios3 && row->VendorGuid != Guids.Smbios) continue;
            if (row->VendorTable == null) continue;
            var bytes = new ReadOnlySpan<byte>(row->VendorTable, SmbiosEntryPoint.BytesMax);
            if (!SmbiosEntryPoint.TryRead(bytes, out SmbiosEntryPoint entry) || entry.Address == 0) continue;
            structures = new ReadOnlySpan<byte>((void*)entry.Address, (int)Math.Min(entry.LengthBytes, TableBytesMax));
            version = entry.Version;
            return true;
        }
        structures = default;
        version = 0;
        return false;
    }
}
