using System;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>The device descriptors of USB devices: <c>usb/address.offset.length</c>, the address being that of
/// <c>usbscan</c>. Without a length the byte at the offset is the number of a text, without an offset the length is;
/// without either it is the descriptor as a whole. Numbers come most significant byte first, unless the address has its
/// highest bit set.</summary>
public sealed class UsbBlock(IHardware hardware) : PlaceBlock(DeclaredSettings.Usb)
{
    private const ulong KeepOrderBit = 1UL << 31;

    /// <inheritdoc/>
    protected override byte[]? Read(in SettingKey key, out SettingType usual)
    {
        usual = SettingTypes.HexRaw;
        var address = (ushort)(key.Tag >> 16 & 0x7fff);
        int offset = (byte)(key.Tag >> 8), length = (byte)key.Tag;
        if (Find(address) is not { } descriptor) return null;
        if ((offset == 0) != (length == 0))
        {
            usual = SettingTypes.String;
            int number = length > 0 ? length : offset < descriptor.Length ? descriptor.Span[offset] : 0;
            string? text = number == 0 ? null : hardware.ReadUsbText(address, (byte)number);
            return text is null ? null : ByteText.ToBytes(ByteText.FromUnicode(text));
        }
        if (offset >= descriptor.Length) return null;
        bool isWhole = length == 0;
        int countMax = descriptor.Length - offset;
        byte[] value = descriptor.Span.Slice(offset, isWhole ? countMax : Math.Min(length, countMax)).ToArray();
        return isWhole == ((key.Tag & KeepOrderBit) == 0) ? value : Reversed(value);
    }

    private ReadOnlyMemory<byte>? Find(ushort address)
    {
        foreach (UsbDevice device in hardware.FindUsbDevices())
        {
            if (device.Address == address) return device.Descriptor;
        }
        return null;
    }
}
