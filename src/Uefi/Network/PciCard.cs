using System;
using System.Buffers.Binary;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>The PCI function a network card is, where it is one.</summary>
internal static unsafe class PciCard
{
    private const int BusIdBytes = 5;
    private const byte BusTypePci = 1;

    /// <summary>The bus id DHCP servers are told (spec/ipxe-compat.md 4.1): 01, vendor, device; empty when nothing on
    /// the path is PCI, as on U-Boot's device-tree boards.</summary>
    public static byte[] ReadBusId(Services services, ReadOnlySpan<byte> devicePath)
    {
        PciIo* pci = Find(services, devicePath);
        if (pci == null) return [];
        ushort* vendorAndDevice = stackalloc ushort[2];
        Status read = pci->PciRead(pci, PciIo.WidthUint16, 0, 2, vendorAndDevice);
        if (read.IsError) return [];
        byte[] busId = new byte[BusIdBytes];
        busId[0] = BusTypePci;
        BinaryPrimitives.WriteUInt16BigEndian(busId.AsSpan(1), vendorAndDevice[0]);
        BinaryPrimitives.WriteUInt16BigEndian(busId.AsSpan(3), vendorAndDevice[1]);
        return busId;
    }

    /// <summary>Where it sits: bus in the high byte, then device and function, 5 and 3 bits; null when it is not on
    /// PCI.</summary>
    public static ushort? ReadAddress(Services services, ReadOnlySpan<byte> devicePath)
    {
        PciIo* pci = Find(services, devicePath);
        if (pci == null) return null;
        nuint segment = 0, bus = 0, device = 0, function = 0;
        Status read = pci->GetLocation(pci, &segment, &bus, &device, &function);
        return read.IsError ? null : (ushort)(bus << 8 | device << 3 | function);
    }

    private static PciIo* Find(Services services, ReadOnlySpan<byte> devicePath)
    {
        if (devicePath.IsEmpty) return null;
        EfiGuid protocol = Guids.PciIo;
        nint handle = 0;
        fixed (byte* start = devicePath)
        {
            var rest = (DevicePathProtocol*)start;
            Status found = services.Boot->LocateDevicePath(&protocol, &rest, &handle);
            return found.IsError ? null : (PciIo*)services.TryGetProtocol(handle, protocol);
        }
    }
}
