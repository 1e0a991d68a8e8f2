using System;
using Bootlace.Net;

namespace Bootlace.Boot;

/// <summary>Where the cards sit: the settings bustype, busloc and busid. Cards that are not on PCI, as those of
/// U-Boot's device-tree boards, have none of them.</summary>
/// <param name="hardware">Reads who made the card.</param>
/// <param name="pciAddressOf">Finds its place.</param>
public sealed class CardPlaces(IHardware hardware, Func<INetworkDevice, ushort?> pciAddressOf)
{
    private const byte BusTypePci = 1;

    /// <summary>Its PCI address: bus in the high byte, then device and function (5 and 3 bits); null: not on
    /// PCI.</summary>
    public ushort? PciAddressOf(INetworkDevice card) => pciAddressOf(card);

    /// <summary>The kind of bus, the vendor and the device, as DHCP servers are told too (spec/ipxe-compat.md 4.1);
    /// null: unknown.</summary>
    public byte[]? BusIdOf(INetworkDevice card)
    {
        Span<byte> id = stackalloc byte[4];
        if (pciAddressOf(card) is not { } address || !hardware.TryReadPci(address, 0, id)) return null;
        return [BusTypePci, id[1], id[0], id[3], id[2]];
    }
}
