using System;
using System.Runtime.InteropServices;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;

namespace Bootlace.Tests.Uefi.Fakes;

/// <summary>The firmware's ACPI tables: installed ones are only noted; an empty one is refused.</summary>
internal static unsafe class FakeAcpiTables
{
    private static nuint s_keys;

    public static void Install(FakeFirmware firmware)
    {
        s_keys = 0;
        AcpiTable* protocol = firmware.New<AcpiTable>();
        protocol->InstallAcpiTable = &OnInstall;
        protocol->UninstallAcpiTable = &OnUninstall;
        firmware.Install(firmware.NewHandle(), Guids.AcpiTable, protocol);
    }

    [UnmanagedCallersOnly]
    private static nuint OnInstall(AcpiTable* protocol, void* table, nuint size, nuint* key)
    {
        if (size == 0) return Status.InvalidParameter.Value;
        *key = ++s_keys;
        var bytes = new ReadOnlySpan<byte>(table, (int)size);
        FakeFirmware.Current.Log.Add($"table {*key} is {Convert.ToHexString(bytes)}");
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnUninstall(AcpiTable* protocol, nuint key)
    {
        FakeFirmware.Current.Log.Add($"table {key} gone");
        return 0;
    }
}
