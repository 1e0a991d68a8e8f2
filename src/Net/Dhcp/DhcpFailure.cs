using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>How getting an address can fail: area 03.</summary>
public static class DhcpFailure
{
    /// <summary>Nobody offered an address.</summary>
    public static readonly FailureKind NoOffer = new(0x4c030001,
        "No DHCP server answers", "check the cable and that the network has a DHCP server with free addresses");

    /// <summary>The server whose offer we took does not confirm it.</summary>
    public static readonly FailureKind NoAck = new(0x4c030002,
        "The DHCP server does not confirm the address it offered", "see the DHCP server's log");

    /// <summary>The server keeps taking its offers back.</summary>
    public static readonly FailureKind Refused = new(0x02030003,
        "The DHCP server refuses the address it offered",
        "see the DHCP server's log; two servers may serve one network");

    /// <summary>The user class, vendor class or feature list does not fit the message.</summary>
    public static readonly FailureKind IdentityTooLong = new(0x23030004,
        "The DHCP request is too long", "shorten user-class or vendor-class");

    /// <summary>No PXE boot server of the type wanted.</summary>
    public static readonly FailureKind NoBootServer = new(0x4c030005,
        "No PXE boot server answers", "run dhcp first, and check the type and option 43 of the DHCP server");
}
