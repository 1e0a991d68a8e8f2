using System;
using System.Collections.Generic;

namespace Bootlace.Boot;

/// <summary>What the machine says of itself, through its firmware and its CPU. Real: Uefi; test: a fake.</summary>
public interface IHardware
{
    /// <summary>The structures of SMBIOS; empty: there are none.</summary>
    ReadOnlySpan<byte> SmbiosStructures { get; }

    /// <summary>The version of SMBIOS, the major number in the high byte.</summary>
    ushort SmbiosVersion { get; }

    /// <summary>Where ACPI's root pointer is in memory; 0: there is no ACPI.</summary>
    ulong AcpiRoot { get; }

    /// <summary>Memory that the firmware's tables point to; empty where no memory is.</summary>
    ReadOnlySpan<byte> ReadMemory(ulong address, int countBytes);

    /// <summary>Whether all of that stretch is memory that may be read.</summary>
    bool IsMemory(ulong address, ulong lengthBytes);

    /// <summary>All PCI functions by rising address: segment from bit 16 on, bus 8, device 5, function 3 bits.
    /// Empty: no PCI, or none the firmware would show.</summary>
    IReadOnlyList<uint> FindPciFunctions();

    /// <summary>Reads configuration space of a function; false when there is no such function or it does not
    /// answer.</summary>
    bool TryReadPci(uint address, byte offset, Span<byte> target);

    /// <summary>All USB devices by rising address.</summary>
    IReadOnlyList<UsbDevice> FindUsbDevices();

    /// <summary>A text of a USB device, in its first language; null: none.</summary>
    string? ReadUsbText(ushort address, byte index);

    /// <summary>The value of the firmware's variable of that name, whoever its vendor is; null: none, or too long a
    /// one.</summary>
    byte[]? ReadVariable(string name);

    /// <summary>x86's CPUID; false on other machines.</summary>
    bool TryIdentifyCpu(uint leaf, uint subleaf, out CpuidRegisters registers);

    /// <summary>The memory an operating system will have, by rising address, neighbours joined.</summary>
    IReadOnlyList<MemoryRegion> FindUsableMemory();
}
