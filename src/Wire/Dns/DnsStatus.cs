namespace Bootlace.Wire;

/// <summary>The response code of a DNS message.</summary>
public readonly record struct DnsStatus(byte Value)
{
    /// <summary>Answered; perhaps with nothing.</summary>
    public static DnsStatus Ok => new(0);
    /// <summary>The server did not understand.</summary>
    public static DnsStatus FormatError => new(1);
    /// <summary>The server is in trouble.</summary>
    public static DnsStatus ServerFailure => new(2);
    /// <summary>No such name (NXDOMAIN).</summary>
    public static DnsStatus NoSuchName => new(3);
    /// <summary>The server does not do that.</summary>
    public static DnsStatus NotImplemented => new(4);
    /// <summary>The server does not do that for us.</summary>
    public static DnsStatus Refused => new(5);
}
