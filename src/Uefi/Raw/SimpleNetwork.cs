using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_SIMPLE_NETWORK_PROTOCOL (UEFI 2.10, 24.1).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SimpleNetwork
{
    public ulong Revision;
    public delegate* unmanaged<SimpleNetwork*, nuint> Start;
    public delegate* unmanaged<SimpleNetwork*, nuint> Stop;
    public delegate* unmanaged<SimpleNetwork*, nuint, nuint, nuint> Initialize;
    public delegate* unmanaged<SimpleNetwork*, byte, nuint> Reset;
    public delegate* unmanaged<SimpleNetwork*, nuint> Shutdown;
    public delegate* unmanaged<SimpleNetwork*, uint, uint, byte, nuint, void*, nuint> ReceiveFilters;
    public void* StationAddress;
    public void* Statistics;
    public void* MCastIpToMac;
    public void* NvData;
    public delegate* unmanaged<SimpleNetwork*, uint*, void**, nuint> GetStatus;
    public delegate* unmanaged<SimpleNetwork*, nuint, nuint, void*, void*, void*, ushort*, nuint> Transmit;
    public delegate* unmanaged<SimpleNetwork*, nuint*, nuint*, void*, void*, void*, ushort*, nuint> Receive;
    public nint WaitForPacket;
    public SimpleNetworkMode* Mode;
}

/// <summary>EFI_SIMPLE_NETWORK_MODE. An EFI_MAC_ADDRESS has 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SimpleNetworkMode
{
    public const int MacBytes = 32;

    public uint State;
    public uint HwAddressSize;
    public uint MediaHeaderSize;
    public uint MaxPacketSize;
    public uint NvRamSize;
    public uint NvRamAccessSize;
    public uint ReceiveFilterMask;
    public uint ReceiveFilterSetting;
    public uint MaxMCastFilterCount;
    public uint MCastFilterCount;
    public fixed byte MCastFilter[16 * MacBytes];
    public fixed byte CurrentAddress[MacBytes];
    public fixed byte BroadcastAddress[MacBytes];
    public fixed byte PermanentAddress[MacBytes];
    public byte IfType;
    public byte MacAddressChangeable;
    public byte MultipleTxSupported;
    public byte MediaPresentSupported;
    public byte MediaPresent;
}

/// <summary>EFI_SIMPLE_NETWORK_STATE.</summary>
internal static class SimpleNetworkState
{
    public const uint Stopped = 0;
    public const uint Started = 1;
    public const uint Initialized = 2;
}

/// <summary>Bits of ReceiveFilters.</summary>
internal static class ReceiveFilter
{
    public const uint Unicast = 0x01;
    public const uint Multicast = 0x02;
    public const uint Broadcast = 0x04;
}
