namespace Bootlace.Wire;

/// <summary>The protocol number of an IP packet's payload.</summary>
public readonly record struct IpProtocol(byte Value)
{
    /// <summary>ICMP.</summary>
    public static IpProtocol Icmp => new(1);
    /// <summary>TCP.</summary>
    public static IpProtocol Tcp => new(6);
    /// <summary>UDP.</summary>
    public static IpProtocol Udp => new(17);
    /// <summary>ICMP for IPv6.</summary>
    public static IpProtocol IcmpV6 => new(58);

    /// <inheritdoc/>
    // compared per frame: the generated one may allocate
    public bool Equals(IpProtocol other) => Value == other.Value;
    /// <inheritdoc/>
    public override int GetHashCode() => Value;
}
