using System;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>ACPI's tables: <c>acpi/signature.instance.offset.length</c>, the signature as the number its four letters
/// make (0x46414350 is FACP); the offset may be two bytes, <c>signature.instance.high.low.length</c>, which is the only
/// form iPXE has. Without a length it is all the rest. Where a number is asked for the bytes are turned round,
/// ACPI being little-endian.</summary>
public sealed class AcpiBlock(IHardware hardware) : PlaceBlock(DeclaredSettings.Acpi)
{
    private readonly AcpiTables _tables = new(hardware);

    /// <inheritdoc/>
    protected override byte[]? Read(in SettingKey key, out SettingType usual)
    {
        usual = SettingTypes.HexRaw;
        bool isLong = key.Tag >> 56 != 0;   // no signature begins with a NUL
        var signature = (uint)(key.Tag >> (isLong ? 32 : 24));
        int instance = (byte)(key.Tag >> (isLong ? 24 : 16)), length = (byte)key.Tag;
        int offset = (int)(key.Tag >> 8 & (isLong ? 0xffffu : 0xffu));
        ReadOnlySpan<byte> table = _tables.Find(signature, instance);
        if (offset >= table.Length) return null;
        int countMax = table.Length - offset;
        byte[] value = table.Slice(offset, length == 0 ? countMax : Math.Min(length, countMax)).ToArray();
        return key.Type is { IsNumber: true } ? Reversed(value) : value;
    }
}
