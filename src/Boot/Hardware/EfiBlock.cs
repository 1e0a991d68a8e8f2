using System;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>The firmware's variables: <c>efi/SecureBoot</c>. The vendor they belong to does not matter; of two with one
/// name the UEFI specification's own comes first.</summary>
public sealed class EfiBlock(IHardware hardware) : PlaceBlock(DeclaredSettings.Efi)
{
    /// <inheritdoc/>
    protected override byte[]? Read(in SettingKey key, out SettingType usual)
    {
        usual = SettingTypes.Hex;
        byte[]? value = hardware.ReadVariable(ByteText.ToUnicode(key.Name));
        return key.Type == SettingTypes.String ? value?.AsSpan().TrimEnd((byte)0).ToArray() : value;
    }
}
