using System;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Where the loader came from and what the firmware already knew: read once at entry, before the network card
/// is taken over (which destroys the firmware's own copies, facts/firmware.md 1.5).</summary>
public sealed class BootSource
{
    /// <summary>The card we were loaded through; null when loaded from a disk or from memory.</summary>
    public MacAddress? NicAddress { get; init; }

    /// <summary>The DHCP packet the firmware was configured with, from the BOOTP header on; empty: none.</summary>
    public ReadOnlyMemory<byte> DhcpAck { get; init; }

    /// <summary>The ProxyDHCP offer, likewise.</summary>
    public ReadOnlyMemory<byte> ProxyOffer { get; init; }

    /// <summary>The PXE boot server's reply, likewise.</summary>
    public ReadOnlyMemory<byte> PxeReply { get; init; }

    /// <summary>The VLAN of that card's traffic, from our own device path; 0: untagged.</summary>
    public int VlanId { get; init; }

    /// <summary>Address, gateway and netmask of the firmware's HTTP boot, which leaves no packets, from our own device
    /// path; null otherwise.</summary>
    public DevicePathIpv4? PathLease { get; init; }

    /// <summary>The name server of the firmware's HTTP boot, likewise; null when the path names none.</summary>
    public Ipv4Address? PathNameServer { get; init; }

    /// <summary>The URI node of our own device path: HTTP boot; null otherwise.</summary>
    public string? Uri { get; init; }

    /// <summary>The file path we were loaded from on a volume, as <c>\EFI\BOOT\BOOTX64.EFI</c>; null
    /// otherwise.</summary>
    public string? VolumePath { get; init; }

    /// <summary>The file path we were loaded from over the network, where the firmware names one: U-Boot says
    /// <c>/loader.efi</c> after <c>tftpboot</c>, whatever its DHCP lease names; null otherwise.</summary>
    public string? NetworkPath { get; init; }

    /// <summary>The firmware's text for us (QEMU <c>-append</c>, U-Boot <c>bootargs</c>), without an image name in
    /// front; empty: none.</summary>
    public string LoadOptions { get; init; } = "";
}
