using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Boot;

namespace Bootlace.Tests.Boot;

/// <summary>A machine that says of itself what a test wants.</summary>
public sealed class FakeHardware : IHardware
{
    public byte[] Smbios { get; set; } = [];
    public ushort SmbiosVersion { get; set; } = 0x0306;
    public ulong AcpiRoot { get; set; }

    /// <summary>Memory by address; what is not here is no memory.</summary>
    public Dictionary<ulong, byte[]> Memory { get; } = [];
    public Dictionary<uint, byte[]> PciFunctions { get; } = [];
    public List<UsbDevice> UsbDevices { get; } = [];
    public Dictionary<(ushort, byte), string> UsbTexts { get; } = [];
    public Dictionary<string, byte[]> Variables { get; } = [];
    public Dictionary<(uint Leaf, uint Subleaf), CpuidRegisters> Cpuid { get; } = [];
    public List<MemoryRegion> Usable { get; } = [];

    public ReadOnlySpan<byte> SmbiosStructures => Smbios;

    /// <summary>A system information structure with that UUID and nothing else.</summary>
    public void SetUuid(byte[] uuid) => Smbios = [1, 27, 0, 0, 0, 0, 0, 0, .. uuid, 0, 0, 0, 0, 0];

    public ReadOnlySpan<byte> ReadMemory(ulong address, int countBytes)
    {
        if (!Memory.TryGetValue(address, out byte[]? bytes)) return default;
        return bytes.AsSpan(0, Math.Min(countBytes, bytes.Length));
    }

    public bool IsMemory(ulong address, ulong lengthBytes) =>
        Memory.TryGetValue(address, out byte[]? bytes) && lengthBytes <= (ulong)bytes.Length;

    public IReadOnlyList<uint> FindPciFunctions() => [.. PciFunctions.Keys.Order()];

    public bool TryReadPci(uint address, byte offset, Span<byte> target)
    {
        if (!PciFunctions.TryGetValue(address, out byte[]? space)) return false;
        space.AsSpan(offset, target.Length).CopyTo(target);
        return true;
    }

    public IReadOnlyList<UsbDevice> FindUsbDevices() => UsbDevices;

    public string? ReadUsbText(ushort address, byte index) => UsbTexts.GetValueOrDefault((address, index));

    public byte[]? ReadVariable(string name) => Variables.GetValueOrDefault(name);

    public bool TryIdentifyCpu(uint leaf, uint subleaf, out CpuidRegisters registers)
    {
        registers = Cpuid.GetValueOrDefault((leaf, subleaf));
        return Cpuid.Count > 0;
    }

    public IReadOnlyList<MemoryRegion> FindUsableMemory() => Usable;
}
