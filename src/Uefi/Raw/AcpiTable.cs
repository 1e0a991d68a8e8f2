using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_ACPI_TABLE_PROTOCOL (UEFI 2.10, 20.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AcpiTable
{
    public delegate* unmanaged<AcpiTable*, void*, nuint, nuint*, nuint> InstallAcpiTable;
    public delegate* unmanaged<AcpiTable*, nuint, nuint> UninstallAcpiTable;
}
