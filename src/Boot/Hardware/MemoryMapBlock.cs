using System.Buffers.Binary;
using System.Collections.Generic;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>The memory an operating system will have: <c>memmap/count.region.what.shift</c>. Adds up as many regions as
/// said and one more, from that one on: their start (what: 1), their length (2); with 4 those that do not exist count
/// nothing, else there is no value at all. The sum is shifted right.</summary>
public sealed class MemoryMapBlock(IHardware hardware) : PlaceBlock(DeclaredSettings.MemoryMap)
{
    private const byte WithStart = 1, WithLength = 2, MayBeAbsent = 4;

    /// <inheritdoc/>
    protected override byte[]? Read(in SettingKey key, out SettingType usual)
    {
        usual = SettingTypes.HexRaw;
        int count = (byte)(key.Tag >> 24) + 1, first = (byte)(key.Tag >> 16), shift = (int)(key.Tag & 0x3f);
        byte what = (byte)(key.Tag >> 8);
        IReadOnlyList<MemoryRegion> regions = hardware.FindUsableMemory();
        if (first + count > regions.Count && (what & MayBeAbsent) == 0) return null;
        ulong sum = 0;
        for (int i = first; i < first + count && i < regions.Count; i++)
        {
            if ((what & WithStart) != 0) sum += regions[i].Start;
            if ((what & WithLength) != 0) sum += regions[i].LengthBytes;
        }
        byte[] value = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(value, sum >> shift);
        return value;
    }
}
