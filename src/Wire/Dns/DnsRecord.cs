using System;

namespace Bootlace.Wire;

/// <summary>A record of the answer section, of a type we know.</summary>
public readonly ref struct DnsRecord
{
    internal DnsRecord(string name, DnsRecordType type, IpAddress address, string canonicalName)
    {
        Name = name;
        Type = type;
        Address = address;
        CanonicalName = canonicalName;
    }

    /// <summary>Whose record it is, in lower case.</summary>
    public string Name { get; }

    /// <summary>A, AAAA or CNAME.</summary>
    public DnsRecordType Type { get; }

    /// <summary>The address of an A or AAAA.</summary>
    public IpAddress Address { get; }

    /// <summary>The name a CNAME leads to, in lower case.</summary>
    public string CanonicalName { get; }
}
