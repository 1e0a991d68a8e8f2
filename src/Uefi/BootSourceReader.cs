using System;
using Bootlace.Boot;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>Copies what the firmware knew when it started us. Must run before any card is opened: on EDK2 that destroys
/// the handle we were loaded through, with the packets on it.</summary>
internal static unsafe class BootSourceReader
{
    private const int LoadOptionsCharsMax = 16 * 1024;
    private const byte BootReply = 2;
    private const int HardwareAddressOffset = 28, CookieOffset = 236;
    private static ReadOnlySpan<byte> Cookie => [0x63, 0x82, 0x53, 0x63];

    public static BootSource Read(Services services)
    {
        var image = (LoadedImage*)services.TryGetProtocol(services.ImageHandle, Guids.LoadedImage);
        if (image == null) return new BootSource();
        byte[] path = DevicePaths.Of(services, image->DeviceHandle);
        MacAddress? card = FindCard(services, image->DeviceHandle, path);
        PxeBaseCodeMode* mode = FindPxeMode(services, image->DeviceHandle);
        bool hasVolume = services.TryGetProtocol(image->DeviceHandle, Guids.SimpleFileSystem) != null;
        string? file = DevicePath.FindFilePath(DevicePaths.Copy(image->FilePath));
        return new BootSource
        {
            NicAddress = card,
            VlanId = DevicePath.FindVlan(path),
            PathLease = DevicePath.FindIpv4(path),
            PathNameServer = DevicePath.FindNameServer(path),
            Uri = DevicePath.FindUri(path),
            VolumePath = hasVolume ? file : null,
            NetworkPath = !hasVolume && card is not null ? file : null,
            DhcpAck = mode == null ? default : Copy(services, mode->DhcpAckReceived, mode->DhcpAck, card),
            ProxyOffer = mode == null ? default : Copy(services, mode->ProxyOfferReceived, mode->ProxyOffer, card),
            PxeReply = mode == null ? default : Copy(services, mode->PxeReplyReceived, mode->PxeReply, card),
            LoadOptions = ReadLoadOptions(image->LoadOptions, image->LoadOptionsSize),
        };
    }

    /// <summary>The text of LoadOptions, whose size may be odd and whose NUL may be missing. A first word that ends in
    /// .efi is our own name, put there by the EDK2 shell and iPXE. Binary data, as boot entries may carry, is no text
    /// of ours.
    /// </summary>
    internal static string ReadLoadOptions(void* options, uint sizeBytes)
    {
        if (options == null) return "";
        int countMax = (int)Math.Min(sizeBytes / sizeof(char), LoadOptionsCharsMax);
        var text = new char[countMax];
        for (int i = 0; i < countMax; i++)   // byte by byte: nothing says the text is aligned
            text[i] = (char)(((byte*)options)[2 * i] | ((byte*)options)[2 * i + 1] << 8);
        int count = 0;
        for (; count < countMax && text[count] != '\0'; count++)
        {
            if (text[count] is < ' ' and not ('\t' or '\r' or '\n')) return "";
        }
        return DropOwnName(new string(text, 0, count).Trim());
    }

    private static string DropOwnName(string text)
    {
        int end = text.AsSpan().IndexOfAny(' ', '\t');
        string first = end < 0 ? text : text[..end];
        return first.EndsWith(".efi", StringComparison.OrdinalIgnoreCase) ? text[first.Length..].TrimStart() : text;
    }

    private static MacAddress? FindCard(Services services, nint device, byte[] path)
    {
        if (DevicePath.FindMac(path) is { } address) return address;
        var snp = (SimpleNetwork*)services.TryGetProtocol(device, Guids.SimpleNetwork);
        if (snp == null || snp->Mode == null) return null;
        return MacAddress.Read(new ReadOnlySpan<byte>(snp->Mode->CurrentAddress, MacAddress.Bytes));
    }

    /// <summary>Packets of an IPv6 boot have another layout and are left alone.</summary>
    private static PxeBaseCodeMode* FindPxeMode(Services services, nint device)
    {
        var pxe = (PxeBaseCode*)services.TryGetProtocol(device, Guids.PxeBaseCode);
        if (pxe == null || pxe->Mode == null || pxe->Mode->UsingIpv6 != 0) return null;
        return pxe->Mode;
    }

    /// <summary>EDK2 flags the packets it has. U-Boot flags none, but leaves the offer of its last <c>dhcp</c>, by
    /// whatever card, in DhcpAck: it is taken when it is a reply to our card (facts/firmware.md 2).</summary>
    private static ReadOnlyMemory<byte> Copy(Services services, byte received, byte* packet, MacAddress? card)
    {
        var bytes = new ReadOnlySpan<byte>(packet, PxeBaseCodeMode.PacketBytes);
        bool isDhcp = bytes[CookieOffset..].StartsWith(Cookie);
        if (!services.IsUBoot) return received != 0 && isDhcp ? bytes.ToArray() : default;
        bool isOurs = isDhcp && bytes[0] == BootReply && card is { } address
            && MacAddress.Read(bytes[HardwareAddressOffset..]) == address;
        return isOurs ? bytes.ToArray() : default;
    }
}
