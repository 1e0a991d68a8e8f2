namespace Bootlace.Wire;

/// <summary>A network card that targets are reached through (iBFT 1.02 section 3.6).</summary>
public sealed record IbftNic
{
    internal const int Bytes = 102;
    internal const byte Id = 3;

    private const int IpOffset = 6, PrefixOffset = 22, OriginOffset = 23, GatewayOffset = 24, DnsOffset = 40;
    private const int SecondDnsOffset = 56, DhcpOffset = 72, VlanOffset = 88, MacOffset = 90, PciOffset = 96;
    private const int HostNameOffset = 98;
    private const byte GlobalFlag = 4;   // reached from beyond the link

    /// <summary>The machine booted through it.</summary>
    public bool IsSelected { get; init; }

    /// <summary>The station address.</summary>
    public required MacAddress Mac { get; init; }

    /// <summary>Our address.</summary>
    public required IpAddress Address { get; init; }

    /// <summary>Its prefix length.</summary>
    public required byte PrefixLength { get; init; }

    /// <summary>Where the address came from.</summary>
    public required IbftOrigin Origin { get; init; }

    /// <summary>The gateway; unspecified: none.</summary>
    public IpAddress Gateway { get; init; }

    /// <summary>The first name server; unspecified: none.</summary>
    public IpAddress Dns { get; init; }

    /// <summary>The second name server; unspecified: none.</summary>
    public IpAddress SecondDns { get; init; }

    /// <summary>The DHCP server; unspecified: none.</summary>
    public IpAddress DhcpServer { get; init; }

    /// <summary>The VLAN; 0 for none.</summary>
    public ushort Vlan { get; init; }

    /// <summary>Where it is on PCI: the bus in the high byte, then five bits of device and three of function.</summary>
    public ushort PciLocation { get; init; }

    /// <summary>Our host name; empty: none.</summary>
    public string HostName { get; init; } = "";

    internal bool TryWrite(IbftWriter writer, int index)
    {
        bool isGlobal = !Address.IsIpv6 || !Address.Ipv6.IsLinkLocal;
        int at = writer.Start(Id, Bytes, index, IbftWriter.Flags(IsSelected) | (isGlobal ? GlobalFlag : 0));
        writer.Address(at + IpOffset, Address);
        writer.Byte(at + PrefixOffset, PrefixLength);
        writer.Byte(at + OriginOffset, (byte)Origin);
        writer.Address(at + GatewayOffset, Gateway);
        writer.Address(at + DnsOffset, Dns);
        writer.Address(at + SecondDnsOffset, SecondDns);
        writer.Address(at + DhcpOffset, DhcpServer);
        writer.Number(at + VlanOffset, Vlan);
        writer.Mac(at + MacOffset, Mac);
        writer.Number(at + PciOffset, PciLocation);
        return writer.TryText(at + HostNameOffset, HostName);
    }
}
