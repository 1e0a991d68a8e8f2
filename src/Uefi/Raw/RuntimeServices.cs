using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_RUNTIME_SERVICES (UEFI 2.10, 4.5 and chapter 8).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RuntimeServices
{
    public TableHeader Header;
    public delegate* unmanaged<Time*, void*, nuint> GetTime;
    public void* SetTime;
    public void* GetWakeupTime;
    public void* SetWakeupTime;
    public void* SetVirtualAddressMap;
    public void* ConvertPointer;
    public delegate* unmanaged<char*, EfiGuid*, uint*, nuint*, void*, nuint> GetVariable;
    public delegate* unmanaged<nuint*, char*, EfiGuid*, nuint> GetNextVariableName;
    public delegate* unmanaged<char*, EfiGuid*, uint, nuint, void*, nuint> SetVariable;
    public void* GetNextHighMonotonicCount;
    public delegate* unmanaged<uint, nuint, nuint, void*, void> ResetSystem;
    public void* UpdateCapsule;
    public void* QueryCapsuleCapabilities;
    public void* QueryVariableInfo;
}

/// <summary>EFI_TIME (UEFI 2.10, 8.3).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Time
{
    public const short UnspecifiedTimeZone = 2047;

    public ushort Year;
    public byte Month;
    public byte Day;
    public byte Hour;
    public byte Minute;
    public byte Second;
    public byte Pad1;
    public uint Nanosecond;
    public short TimeZone;
    public byte Daylight;
    public byte Pad2;
}

/// <summary>EFI_RESET_TYPE (UEFI 2.10, 8.5).</summary>
internal static class ResetType
{
    public const uint Cold = 0;
    public const uint Warm = 1;
    public const uint Shutdown = 2;
}

/// <summary>Attributes of variables (UEFI 2.10, 8.2).</summary>
internal static class VariableAttribute
{
    public const uint NonVolatile = 1;
    public const uint BootServiceAccess = 2;
    public const uint RuntimeAccess = 4;
}

/// <summary>Bits of OsIndications and OsIndicationsSupported (UEFI 2.10, 8.5.4).</summary>
internal static class OsIndications
{
    public const ulong BootToFirmwareUi = 1;
}
