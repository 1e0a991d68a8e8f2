namespace Bootlace.Wire;

/// <summary>What a DNS record holds.</summary>
public readonly record struct DnsRecordType(ushort Value)
{
    /// <summary>An IPv4 address.</summary>
    public static DnsRecordType A => new(1);
    /// <summary>The true name behind an alias.</summary>
    public static DnsRecordType Cname => new(5);
    /// <summary>An IPv6 address.</summary>
    public static DnsRecordType Aaaa => new(28);
}
