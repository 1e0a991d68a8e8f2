namespace Bootlace.Wire;

/// <summary>What a frame carries (IEEE 802 numbers).</summary>
public readonly record struct EtherType(ushort Value)
{
    /// <summary>IPv4.</summary>
    public static EtherType Ipv4 => new(0x0800);
    /// <summary>ARP.</summary>
    public static EtherType Arp => new(0x0806);
    /// <summary>A VLAN tag follows (IEEE 802.1Q).</summary>
    public static EtherType Vlan => new(0x8100);
    /// <summary>IPv6.</summary>
    public static EtherType Ipv6 => new(0x86dd);
    /// <summary>An outer VLAN tag follows (IEEE 802.1ad).</summary>
    public static EtherType ServiceVlan => new(0x88a8);
    /// <summary>LACP and others that send a few frames a second at most (IEEE 802.3, annex 57A).</summary>
    public static EtherType SlowProtocols => new(0x8809);
    /// <summary>Who may use a port (IEEE 802.1X).</summary>
    public static EtherType Eapol => new(0x888e);
    /// <summary>LLDP.</summary>
    public static EtherType Lldp => new(0x88cc);

    /// <summary>Not a type but the length of an IEEE 802.3 frame: spanning tree, CDP and the like.</summary>
    public bool IsLength => Value < 0x0600;

    /// <summary>A VLAN tag follows.</summary>
    public bool IsTag => this == Vlan || this == ServiceVlan;

    /// <inheritdoc/>
    public bool Equals(EtherType other) => Value == other.Value;   // compared per frame: the generated one may allocate
    /// <inheritdoc/>
    public override int GetHashCode() => Value;
}
