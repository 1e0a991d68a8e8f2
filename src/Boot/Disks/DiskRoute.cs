using System;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The card a network disk is reached through, with its addresses: for device paths, the iBFT and kernel
/// command lines.</summary>
internal sealed class DiskRoute
{
    /// <summary>The card.</summary>
    public required NetworkInterface Card { get; init; }

    /// <summary>Our address on it, with prefix length and gateway.</summary>
    public required Ipv4Configuration Ipv4 { get; init; }

    /// <summary>The address came from DHCP.</summary>
    public required bool IsFromDhcp { get; init; }

    /// <summary>The DHCP server; 0.0.0.0: unknown.</summary>
    public Ipv4Address DhcpServer { get; init; }

    /// <summary>Name servers; 0.0.0.0: none.</summary>
    public Ipv4Address NameServer { get; init; }

    /// <summary>The second one.</summary>
    public Ipv4Address SecondNameServer { get; init; }

    /// <summary>Our host name; empty: none.</summary>
    public string HostName { get; init; } = "";

    /// <summary>Finds the way to a target.</summary>
    /// <exception cref="BootFailure">There is none.</exception>
    public static DiskRoute Find(NetworkStack network, SettingsStore settings, IpAddress target)
    {
        NetworkInterface card = network.InterfaceTo(target);
        SettingsBlock block = settings.FindBlock(card.Name) ?? settings.Root;
        byte[] servers = settings.Fetch(block, "dns") ?? settings.Fetch(settings.Root, "dns") ?? [];
        return new DiskRoute
        {
            Card = card,
            Ipv4 = card.Ipv4 ?? throw new BootFailure(NetFailure.NoRoute, $"There is no route to {target}"),
            IsFromDhcp = IsLeased(settings, card.Name),
            DhcpServer = AddressAt(settings.Fetch(block, "dhcp-server") ?? [], 0),
            NameServer = AddressAt(servers, 0),
            SecondNameServer = AddressAt(servers, 1),
            HostName = settings.TryFormat("hostname", out string name) ? ByteText.ToUnicode(name) : "",
        };
    }

    /// <summary>What scripts set by hand stands in the interface's own block, a lease below it.</summary>
    private static bool IsLeased(SettingsStore settings, string card) =>
        settings.TryFind(new SettingName(card, "ip", null), out FoundSetting found)
        && found.Origin is not InterfaceBlock;

    private static Ipv4Address AddressAt(byte[] list, int index)
    {
        int offset = Ipv4Address.Bytes * index;
        return list.Length - offset >= Ipv4Address.Bytes ? Ipv4Address.Read(list.AsSpan(offset)) : default;
    }
}
