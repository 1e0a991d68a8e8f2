using System;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The device paths of our disks: unique, and telling a program on the disk where it came from.</summary>
internal static class DiskPlaces
{
    /// <summary>Names us as the maker of a path of our own: the disks in memory.</summary>
    private static ReadOnlySpan<byte> MemoryDisk =>
    [
        0x5a, 0x0c, 0x8e, 0x31, 0x44, 0x1d, 0x0b, 0x46, 0x9f, 0x6b, 0x2e, 0xd7, 0x51, 0x83, 0xc4, 0x70,
    ];

    /// <summary>The place of a disk that is reached by <paramref name="route"/>; null: one in memory.</summary>
    public static DiskPlace Of(OpenedDisk disk, DiskRoute? route) => new()
    {
        Card = route?.Card.Device,
        Nodes = disk.Iscsi is { } iscsi ? IscsiNodes(iscsi, route!)
            : route is not null ? FileNodes(disk, route) : MemoryNodes(disk.Uri),
    };

    private static byte[] IscsiNodes(IscsiSource source, DiskRoute route)
    {
        bool isAuthenticated = source.Options.UserName is { Length: > 0 };
        return new DevicePathWriter()
            .Ipv4(AddressNode(route, source.Address, source.Port))
            .Iscsi(new DevicePathIscsi
            {
                TargetName = source.Options.Path.TargetName,
                Lun = source.Options.Path.Lun,
                PortalGroupTag = source.PortalGroupTag,
                HasHeaderDigest = source.HasHeaderDigest,
                HasDataDigest = source.HasDataDigest,
                HasChap = isAuthenticated,
                HasMutualChap = isAuthenticated && source.Options.ReverseUserName is { Length: > 0 },
            })
            .ToNodes();
    }

    /// <summary>As the firmware's own HTTP boot does: address, then URI.</summary>
    private static byte[] FileNodes(OpenedDisk disk, DiskRoute route) => new DevicePathWriter()
        .Ipv4(AddressNode(route, disk.Address ?? default, disk.Port)).Uri(disk.Uri).ToNodes();

    private static byte[] MemoryNodes(string uri) =>
        new DevicePathWriter().HardwareVendor(MemoryDisk, Encoding.UTF8.GetBytes(uri)).ToNodes();

    private static DevicePathIpv4 AddressNode(DiskRoute route, IpAddress target, ushort port) => new()
    {
        Local = route.Ipv4.Address,
        Remote = target.IsIpv4 ? target.Ipv4 : default,
        RemotePort = port,
        Protocol = IpProtocol.Tcp,
        IsStatic = !route.IsFromDhcp,
        Gateway = route.Ipv4.Gateway,
        Netmask = new Ipv4Address(Ipv4Address.MaskOf(route.Ipv4.PrefixLength)),
    };
}
