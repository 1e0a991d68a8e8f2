using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>How finding a host's address can fail: area 04.</summary>
public static class DnsFailure
{
    /// <summary>No DNS server is known.</summary>
    public static readonly FailureKind NoServer = new(0x28040001,
        "No DNS server is known", "run dhcp, or set dns");

    /// <summary>The server says that there is no such name.</summary>
    public static readonly FailureKind NoSuchName = new(0x2d040002,
        "There is no such host", "check the spelling and the DNS zone");

    /// <summary>The name exists but has no address of the kind we can use.</summary>
    public static readonly FailureKind NoAddress = new(0x2d040003,
        "The host has no IPv4 address", "check the DNS zone");

    /// <summary>No DNS server answers.</summary>
    public static readonly FailureKind NoAnswer = new(0x4c040004,
        "No DNS server answers", "check the DNS servers' addresses (show dns) and the gateway");

    /// <summary>Every DNS server answers with an error.</summary>
    public static readonly FailureKind ServerFailed = new(0x1d040005,
        "The DNS servers cannot answer", "see the DNS server's log");

    /// <summary>Aliases that lead on and on.</summary>
    public static readonly FailureKind AliasLoop = new(0x20040006,
        "The host's aliases lead in a circle", "check the DNS zone");

    /// <summary>The text is not a host name.</summary>
    public static readonly FailureKind BadName = new(0x1c040007,
        "That is not a host name", "check the URI");
}
