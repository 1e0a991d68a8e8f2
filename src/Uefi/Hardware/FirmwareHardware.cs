using System;
using System.Collections.Generic;
using Bootlace.Boot;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>What the firmware and the CPU say of the machine. Nothing is kept: what is asked for twice is read
/// twice.</summary>
internal sealed unsafe class FirmwareHardware(Services services, ICpu cpu) : IHardware
{
    private const int RegisterCount = 4;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> SmbiosStructures =>
        MachineIdentity.TryFind(services, out ReadOnlySpan<byte> structures, out _) ? structures : default;

    /// <inheritdoc/>
    public ushort SmbiosVersion => MachineIdentity.TryFind(services, out _, out ushort version) ? version : (ushort)0;

    /// <inheritdoc/>
    public ulong AcpiRoot
    {
        get
        {
            void* root = services.FindTable(Guids.Acpi2);
            return (ulong)(root != null ? root : services.FindTable(Guids.Acpi1));
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadMemory(ulong address, int countBytes) =>
        address == 0 || countBytes <= 0 ? default : new ReadOnlySpan<byte>((void*)address, countBytes);

    /// <inheritdoc/>
    public bool IsMemory(ulong address, ulong lengthBytes) => MemoryMap.Holds(services, address, lengthBytes);

    /// <inheritdoc/>
    public IReadOnlyList<uint> FindPciFunctions() => PciFunctions.FindAll(services);

    /// <inheritdoc/>
    public bool TryReadPci(uint address, byte offset, Span<byte> target) =>
        PciFunctions.TryRead(services, address, offset, target);

    /// <inheritdoc/>
    public IReadOnlyList<UsbDevice> FindUsbDevices() => UsbDevices.FindAll(services);

    /// <inheritdoc/>
    public string? ReadUsbText(ushort address, byte index) => UsbDevices.ReadText(services, address, index);

    /// <inheritdoc/>
    public byte[]? ReadVariable(string name) => FirmwareVariables.Read(services, name);

    /// <inheritdoc/>
    public bool TryIdentifyCpu(uint leaf, uint subleaf, out CpuidRegisters registers)
    {
        Span<uint> read = stackalloc uint[RegisterCount];
        bool isX86 = cpu.TryIdentify(leaf, subleaf, read);
        registers = isX86 ? new CpuidRegisters(read[0], read[1], read[2], read[3]) : default;
        return isX86;
    }

    /// <inheritdoc/>
    public IReadOnlyList<MemoryRegion> FindUsableMemory() => MemoryMap.FindUsable(services);
}
