using System;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>What SMBIOS says of the machine: <c>smbios/[instance.]type.offset.length</c>. Without a length the byte at
/// the offset is the number of a text, without an offset the length is; without either it is the structure as a whole
/// (spec/ipxe-compat.md 3.2).</summary>
public sealed class SmbiosBlock(IHardware hardware) : PlaceBlock(DeclaredSettings.Smbios)
{
    private const int UuidBytes = 16;

    /// <inheritdoc/>
    protected override byte[]? Read(in SettingKey key, out SettingType usual)
    {
        usual = SettingTypes.Hex;
        int instance = (byte)(key.Tag >> 24), offset = (byte)(key.Tag >> 8), length = (byte)key.Tag;
        byte type = (byte)(key.Tag >> 16);
        if (!SmbiosTable.TryFind(hardware.SmbiosStructures, type, instance, out SmbiosStructure structure)) return null;
        ReadOnlySpan<byte> fields = structure.Fields;
        if (offset == 0 && length == 0) return fields.ToArray();
        if (offset == 0 || length == 0)
        {
            usual = SettingTypes.String;
            int number = length > 0 ? length : offset < fields.Length ? fields[offset] : 0;
            return structure.TryReadText(number, out ReadOnlySpan<byte> text) ? text.ToArray() : null;
        }
        if (offset >= fields.Length) return null;
        byte[] value = fields.Slice(offset, Math.Min(length, fields.Length - offset)).ToArray();
        bool isUuid = value.Length == UuidBytes && (key.Type == SettingTypes.Uuid || key.Type == SettingTypes.Guid);
        if (!isUuid) return value;
        if (!SmbiosTable.IsSet(value)) return null;
        // Settings have all of a UUID big-endian.
        return hardware.SmbiosVersion >= SmbiosEntryPoint.MixedEndianUuids ? SmbiosTable.SwapUuid(value) : value;
    }
}
