using System;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>A PCI address: segment, bus, device, function. Shown only.</summary>
internal sealed class BusDevFnType() : SettingType("busdevfn")
{
    /// <inheritdoc/>
    public override byte[] Parse(string text) => throw new BootFailure(ScriptFailure.TypeHasNoInput);

    /// <inheritdoc/>
    public override byte[] FromNumber(long number) => SettingTypes.Uint32.FromNumber(number);

    /// <inheritdoc/>
    public override bool TryFormat(ReadOnlySpan<byte> value, out string text)
    {
        text = "";
        if (!IntegerType.TryReadNumber(value, isSigned: false, out long number)) return false;
        text = $"{number >> 16 & 0xffff:x4}:{number >> 8 & 0xff:x2}:{number >> 3 & 0x1f:x2}.{number & 7:x}";
        return true;
    }
}
