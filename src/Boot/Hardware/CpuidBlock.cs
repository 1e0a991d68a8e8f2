using System;
using System.Buffers.Binary;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>x86's CPUID: <c>cpuid/register.leaf</c> with the registers EAX, EBX, ECX, EDX as 0 to 3, or
/// <c>cpuid/subleaf.0x40.register.leaf</c>. Further bits of the number, which the settings cpuvendor and cpumodel use:
/// up to four registers (16, 17: one less than how many; from 8 on two bits each), as they lie in memory (23), several
/// leaves (24 to 30: one less than how many).</summary>
public sealed class CpuidBlock(IHardware hardware) : PlaceBlock(DeclaredSettings.Cpuid)
{
    private const uint LeafBits = 0x8000_00ff, LittleEndianBit = 1 << 23, SubleafBit = 1 << 22;
    private const uint RangeBits = 0x8000_0000;   // a range of leaves begins with one that says which is its last

    /// <inheritdoc/>
    protected override byte[]? Read(in SettingKey key, out SettingType usual)
    {
        usual = SettingTypes.HexRaw;
        if (key.Tag > uint.MaxValue) return null;
        uint tag = (uint)key.Tag, leaf = tag & LeafBits, upper = tag >> 24 & 0x7f;
        bool hasSubleaf = (tag & SubleafBit) != 0;
        int leafCount = hasSubleaf ? 1 : (int)upper + 1, registerCount = (int)(tag >> 16 & 3) + 1;
        if (!hardware.TryIdentifyCpu(leaf & RangeBits, 0, out CpuidRegisters range)) return null;
        if (range.Eax < leaf || range.Eax - leaf < (uint)leafCount - 1) return null;
        var value = new byte[leafCount * registerCount * sizeof(uint)];
        int at = 0;
        for (int i = 0; i < leafCount; i++)
        {
            uint subleaf = hasSubleaf ? upper : 0;
            if (!hardware.TryIdentifyCpu(leaf + (uint)i, subleaf, out CpuidRegisters registers)) return null;
            for (int j = 0; j < registerCount; j++, at += sizeof(uint))
            {
                uint register = registers[(int)(tag >> 8 + 2 * j & 3)];
                if ((tag & LittleEndianBit) != 0) BinaryPrimitives.WriteUInt32LittleEndian(value.AsSpan(at), register);
                else BinaryPrimitives.WriteUInt32BigEndian(value.AsSpan(at), register);
            }
        }
        int end = key.Type == SettingTypes.String ? value.AsSpan().IndexOf((byte)0) : -1;
        return end < 0 ? value : value[..end];
    }
}
