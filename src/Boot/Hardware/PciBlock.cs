using System;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>The configuration space of PCI functions: <c>pci/address.offset.length</c>, the address being that of
/// <c>pciscan</c>. Numbers come most significant byte first. As on the bus itself, a function that is not there reads
/// as all ones.</summary>
public sealed class PciBlock(IHardware hardware) : PlaceBlock(DeclaredSettings.Pci)
{
    private const int SpaceBytes = 256;

    /// <inheritdoc/>
    protected override byte[]? Read(in SettingKey key, out SettingType usual)
    {
        usual = SettingTypes.HexRaw;
        ulong address = key.Tag >> 16;
        byte offset = (byte)(key.Tag >> 8), length = (byte)key.Tag;
        if (address > uint.MaxValue || length > SpaceBytes - offset) return null;
        var value = new byte[length];
        if (hardware.TryReadPci((uint)address, offset, value)) return Reversed(value);
        if (hardware.FindPciFunctions().Count == 0) return null;
        Array.Fill(value, (byte)0xff);
        return value;
    }
}
