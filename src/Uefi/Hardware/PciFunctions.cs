using System;
using System.Collections.Generic;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>All PCI functions that the firmware has found. U-Boot shows none to programs.</summary>
internal static unsafe class PciFunctions
{
    private const nuint BusesMax = 256, DevicesMax = 32, FunctionsOfDeviceMax = 8, SegmentsMax = 65536;

    /// <summary>Their addresses, the lowest first: segment from bit 16 on, bus 8, device 5, function 3 bits.</summary>
    public static List<uint> FindAll(Services services)
    {
        var found = new List<uint>();
        foreach (nint handle in services.HandlesWith(Guids.PciIo))
        {
            if (TryLocate((PciIo*)services.TryGetProtocol(handle, Guids.PciIo), out uint address)) found.Add(address);
        }
        found.Sort();
        return found;
    }

    /// <summary>Reads configuration space.</summary>
    public static bool TryRead(Services services, uint address, byte offset, Span<byte> target)
    {
        foreach (nint handle in services.HandlesWith(Guids.PciIo))
        {
            var pci = (PciIo*)services.TryGetProtocol(handle, Guids.PciIo);
            if (!TryLocate(pci, out uint own) || own != address) continue;
            fixed (byte* start = target)
            {
                Status read = pci->PciRead(pci, PciIo.WidthUint8, offset, (nuint)target.Length, start);
                return !read.IsError;
            }
        }
        return false;
    }

    private static bool TryLocate(PciIo* pci, out uint address)
    {
        address = 0;
        nuint segment = 0, bus = 0, device = 0, function = 0;
        if (pci == null) return false;
        Status located = pci->GetLocation(pci, &segment, &bus, &device, &function);
        bool isSound = !located.IsError && segment < SegmentsMax && bus < BusesMax && device < DevicesMax
            && function < FunctionsOfDeviceMax;
        address = (uint)(segment << 16 | bus << 8 | device << 3 | function);
        return isSound;
    }
}
