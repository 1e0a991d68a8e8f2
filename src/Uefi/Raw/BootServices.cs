using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_BOOT_SERVICES (UEFI 2.10, 4.4 and chapter 7). Services we never call are plain pointers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BootServices
{
    public TableHeader Header;

    public delegate* unmanaged<nuint, nuint> RaiseTpl;
    public delegate* unmanaged<nuint, void> RestoreTpl;

    public delegate* unmanaged<uint, uint, nuint, ulong*, nuint> AllocatePages;
    public delegate* unmanaged<ulong, nuint, nuint> FreePages;
    public delegate* unmanaged<nuint*, void*, nuint*, nuint*, uint*, nuint> GetMemoryMap;
    public delegate* unmanaged<uint, nuint, void**, nuint> AllocatePool;
    public delegate* unmanaged<void*, nuint> FreePool;

    public delegate* unmanaged<uint, nuint, delegate* unmanaged<nint, void*, void>, void*, nint*, nuint> CreateEvent;
    public delegate* unmanaged<nint, uint, ulong, nuint> SetTimer;
    public delegate* unmanaged<nuint, nint*, nuint*, nuint> WaitForEvent;
    public delegate* unmanaged<nint, nuint> SignalEvent;
    public delegate* unmanaged<nint, nuint> CloseEvent;
    public delegate* unmanaged<nint, nuint> CheckEvent;

    public void* InstallProtocolInterface;
    public delegate* unmanaged<nint, EfiGuid*, void*, void*, nuint> ReinstallProtocolInterface;
    public void* UninstallProtocolInterface;
    public delegate* unmanaged<nint, EfiGuid*, void**, nuint> HandleProtocol;
    public void* Reserved;
    public void* RegisterProtocolNotify;
    public delegate* unmanaged<uint, EfiGuid*, void*, nuint*, nint*, nuint> LocateHandle;
    public delegate* unmanaged<EfiGuid*, DevicePathProtocol**, nint*, nuint> LocateDevicePath;
    public delegate* unmanaged<EfiGuid*, void*, nuint> InstallConfigurationTable;

    public delegate* unmanaged<byte, nint, DevicePathProtocol*, void*, nuint, nint*, nuint> LoadImage;
    public delegate* unmanaged<nint, nuint*, char**, nuint> StartImage;
    public delegate* unmanaged<nint, nuint, nuint, char*, nuint> Exit;
    public delegate* unmanaged<nint, nuint> UnloadImage;
    public void* ExitBootServices;

    public void* GetNextMonotonicCount;
    public delegate* unmanaged<nuint, nuint> Stall;
    public delegate* unmanaged<nuint, ulong, nuint, char*, nuint> SetWatchdogTimer;

    public delegate* unmanaged<nint, nint*, DevicePathProtocol*, byte, nuint> ConnectController;
    public delegate* unmanaged<nint, nint, nint, nuint> DisconnectController;

    public delegate* unmanaged<nint, EfiGuid*, void**, nint, nint, uint, nuint> OpenProtocol;
    public delegate* unmanaged<nint, EfiGuid*, nint, nint, nuint> CloseProtocol;
    public void* OpenProtocolInformation;

    public void* ProtocolsPerHandle;
    public delegate* unmanaged<uint, EfiGuid*, void*, nuint*, nint**, nuint> LocateHandleBuffer;
    public delegate* unmanaged<EfiGuid*, void*, void**, nuint> LocateProtocol;

    /// <summary>Variadic in C: pairs of identifier and interface, then null. Up to eight integer arguments travel the
    /// same way as in a plain call on both architectures; three pairs are all we need, and two end with the first null.
    /// </summary>
    public delegate* unmanaged<nint*, EfiGuid*, void*, EfiGuid*, void*, EfiGuid*, void*, void*, nuint>
        InstallMultipleProtocolInterfaces;

    /// <summary>Variadic like its twin.</summary>
    public delegate* unmanaged<nint, EfiGuid*, void*, EfiGuid*, void*, EfiGuid*, void*, void*, nuint>
        UninstallMultipleProtocolInterfaces;

    public void* CalculateCrc32;
    public void* CopyMem;
    public void* SetMem;
    public delegate* unmanaged<
        uint, nuint, delegate* unmanaged<nint, void*, void>, void*, EfiGuid*, nint*, nuint> CreateEventEx;
}

/// <summary>EFI_TPL: task priority levels (UEFI 2.10, 7.1).</summary>
internal static class Tpl
{
    public const nuint Application = 4;
    public const nuint Callback = 8;
    public const nuint Notify = 16;
    public const nuint High = 31;
}

/// <summary>Event types of CreateEvent (UEFI 2.10, 7.1).</summary>
internal static class EventType
{
    public const uint Timer = 0x80000000;
    public const uint NotifySignal = 0x00000200;
    public const uint SignalExitBootServices = 0x00000201;
}

/// <summary>EFI_TIMER_DELAY; times are in units of 100 ns.</summary>
internal static class TimerDelay
{
    public const uint Cancel = 0;
    public const uint Periodic = 1;
    public const uint Relative = 2;
}

/// <summary>EFI_MEMORY_TYPE and EFI_ALLOCATE_TYPE (UEFI 2.10, 7.2).</summary>
internal static class MemoryType
{
    public const uint Reserved = 0;
    public const uint LoaderCode = 1;
    public const uint LoaderData = 2;
    public const uint BootServicesCode = 3;
    public const uint BootServicesData = 4;
    public const uint RuntimeServicesCode = 5;
    public const uint RuntimeServicesData = 6;
    public const uint Conventional = 7;
    public const uint AcpiReclaim = 9;
    public const uint AcpiNvs = 10;
    public const uint AllocateAnyPages = 0;
}

/// <summary>EFI_MEMORY_DESCRIPTOR; the distance to the next one is DescriptorSize, not this struct's size.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MemoryDescriptor
{
    public uint Type;
    public ulong PhysicalStart;
    public ulong VirtualStart;
    public ulong NumberOfPages;
    public ulong Attribute;
}

/// <summary>Attributes of OpenProtocol (UEFI 2.10, 7.3).</summary>
internal static class OpenProtocolAttribute
{
    public const uint ByHandleProtocol = 0x01;
    public const uint GetProtocol = 0x02;
    public const uint Exclusive = 0x20;
}

/// <summary>EFI_LOCATE_SEARCH_TYPE.</summary>
internal static class LocateSearch
{
    public const uint AllHandles = 0;
    public const uint ByProtocol = 2;
}
