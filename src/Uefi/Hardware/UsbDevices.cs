using System;
using System.Collections.Generic;
using Bootlace.Boot;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>The USB devices that the firmware has found, told apart by their device paths: each has a protocol for
/// every interface, and their addresses on the bus are not shown.</summary>
internal static unsafe class UsbDevices
{
    private const ushort EnglishUnitedStates = 0x0409;
    private const int TextCharsMax = 126;   // a string descriptor has a length of one byte

    /// <summary>All of them by address.</summary>
    public static List<UsbDevice> FindAll(Services services)
    {
        var devices = new List<UsbDevice>();
        Visit(services, (address, usb) =>
        {
            byte* descriptor = stackalloc byte[UsbIo.DeviceDescriptorBytes];
            Status read = ((UsbIo*)usb)->GetDeviceDescriptor((UsbIo*)usb, descriptor);
            if (read.IsError) return;
            devices.Add(new UsbDevice(
                address, new ReadOnlySpan<byte>(descriptor, UsbIo.DeviceDescriptorBytes).ToArray()));
        });
        return devices;
    }

    /// <summary>A text of a device; null: none.</summary>
    public static string? ReadText(Services services, ushort address, byte index)
    {
        string? text = null;
        Visit(services, (other, usb) =>
        {
            if (other == address) text = ReadText(services, (UsbIo*)usb, index);
        });
        return text;
    }

    private static string? ReadText(Services services, UsbIo* usb, byte index)
    {
        ushort* languages = null;
        ushort languageBytes = 0;
        Status known = usb->GetSupportedLanguages(usb, &languages, &languageBytes);
        bool hasLanguage = !known.IsError && languages != null && languageBytes >= sizeof(ushort);
        char* text = null;
        Status read = usb->GetStringDescriptor(usb, hasLanguage ? languages[0] : EnglishUnitedStates, index, &text);
        if (read.IsError || text == null) return null;
        string copy = Text.Read(text, TextCharsMax);
        services.Boot->FreePool(text);
        return copy;
    }

    /// <summary>Calls <paramref name="see"/> once for each device, bus by bus, in the firmware's order.</summary>
    private static void Visit(Services services, Action<ushort, nint> see)
    {
        var buses = new List<byte[]>();
        var seen = new List<List<byte[]>>();
        foreach (nint handle in services.HandlesWith(Guids.UsbIo))
        {
            var usb = (UsbIo*)services.TryGetProtocol(handle, Guids.UsbIo);
            byte[] path = DevicePaths.Of(services, handle);
            if (usb == null || !DevicePath.TrySplitUsb(path, out byte[] host, out byte[] way)) continue;
            int bus = IndexOf(buses, host);
            if (bus < 0)
            {
                bus = buses.Count;
                buses.Add(host);
                seen.Add([]);
            }
            if (IndexOf(seen[bus], way) >= 0) continue;
            seen[bus].Add(way);
            see((ushort)(bus << 8 | seen[bus].Count), (nint)usb);
        }
    }

    private static int IndexOf(List<byte[]> list, ReadOnlySpan<byte> wanted)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (wanted.SequenceEqual(list[i])) return i;
        }
        return -1;
    }
}
