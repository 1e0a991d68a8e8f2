using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_TABLE_HEADER (UEFI 2.10, 4.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TableHeader
{
    public ulong Signature;
    public uint Revision;
    public uint HeaderSize;
    public uint Crc32;
    public uint Reserved;
}

/// <summary>EFI_SYSTEM_TABLE (UEFI 2.10, 4.3).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SystemTable
{
    public const ulong ExpectedSignature = 0x5453595320494249;   // "IBI SYST"

    public TableHeader Header;
    public char* FirmwareVendor;
    public uint FirmwareRevision;
    public nint ConsoleInHandle;
    public SimpleTextInput* ConIn;
    public nint ConsoleOutHandle;
    public SimpleTextOutput* ConOut;
    public nint StandardErrorHandle;
    public SimpleTextOutput* StdErr;
    public RuntimeServices* RuntimeServices;
    public BootServices* BootServices;
    public nuint NumberOfTableEntries;
    public ConfigurationTable* ConfigurationTable;
}

/// <summary>EFI_CONFIGURATION_TABLE (UEFI 2.10, 4.6).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ConfigurationTable
{
    public EfiGuid VendorGuid;
    public void* VendorTable;
}
