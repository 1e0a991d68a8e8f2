namespace Bootlace.Wire;

/// <summary>Option 53 of a DHCP message; 0 for BOOTP, which has none.</summary>
public readonly record struct DhcpMessageType(byte Value)
{
    /// <summary>A plain BOOTP message.</summary>
    public static DhcpMessageType Bootp => default;
    /// <summary>Looking for servers.</summary>
    public static DhcpMessageType Discover => new(1);
    /// <summary>A server has something for us.</summary>
    public static DhcpMessageType Offer => new(2);
    /// <summary>We take an offer, or ask a boot server.</summary>
    public static DhcpMessageType Request => new(3);
    /// <summary>The address is somebody else's.</summary>
    public static DhcpMessageType Decline => new(4);
    /// <summary>The lease is ours.</summary>
    public static DhcpMessageType Ack => new(5);
    /// <summary>The lease is not ours.</summary>
    public static DhcpMessageType Nak => new(6);

    /// <inheritdoc/>
    public bool Equals(DhcpMessageType other) => Value == other.Value;
    /// <inheritdoc/>
    public override int GetHashCode() => Value;
}
