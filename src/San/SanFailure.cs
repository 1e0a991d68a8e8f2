using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>What can go wrong with a disk over the network: area 0b. Numbers: here root path, login and discovery
/// (0001 to 002f); the other parts hold session and SCSI (0030), HTTP and RAM disks (0060), booting (0070).</summary>
public static partial class SanFailure
{
    /// <summary>The root path is no iSCSI URI.</summary>
    public static readonly FailureKind BadRootPath = new(0x1c0b0001,
        "The root path is malformed",
        "it reads iscsi:<server>:<protocol>:<port>:<LUN>:<target name>");

    /// <summary>The credentials cannot be used together.</summary>
    public static readonly FailureKind BadCredentials = new(0x1c0b0002,
        "The iSCSI credentials do not fit together",
        "each name needs a password, the reverse pair needs the forward pair, and their passwords must differ");

    /// <summary>The initiator name cannot be sent.</summary>
    public static readonly FailureKind BadInitiatorName = new(0x1c0b0003,
        "The initiator name is empty or malformed",
        "set initiator-iqn, or a hostname that the default name is made of");

    /// <summary>The target sent what the protocol does not allow.</summary>
    public static readonly FailureKind ProtocolError = new(0x430b0004,
        "The iSCSI target broke the protocol",
        "see the target's log, and check that this port is an iSCSI target's");

    /// <summary>A header or data digest does not match.</summary>
    public static readonly FailureKind DigestMismatch = new(0x1d0b0005,
        "A PDU arrived damaged: its CRC32C does not match",
        "some device between damages data that TCP's checksum does not protect");

    /// <summary>The target closed the connection in the middle of something.</summary>
    public static readonly FailureKind ConnectionClosed = new(0x0f0b0006,
        "The iSCSI target closed the connection",
        "see the target's log");

    /// <summary>The target did not finish the login in time.</summary>
    public static readonly FailureKind LoginTimedOut = new(0x4c0b0007,
        "The iSCSI target did not finish the login in time",
        "check that the target is not overloaded, and see its log");

    /// <summary>Status 0201: wrong name or secret.</summary>
    public static readonly FailureKind AuthenticationFailed = new(0x410b0008,
        "The iSCSI target refused our credentials",
        "check username and password against the target's accounts");

    /// <summary>Status 0202: not for this initiator.</summary>
    public static readonly FailureKind NotAuthorized = new(0x410b0009,
        "The iSCSI target is not for this initiator",
        "check the target's access list against our initiator name and address");

    /// <summary>Status 0203.</summary>
    public static readonly FailureKind TargetNotFound = new(0x2c0b000a,
        "The server has no such iSCSI target",
        "check the target name; 'iscsi discover' lists the names there are");

    /// <summary>Status 0204.</summary>
    public static readonly FailureKind TargetRemoved = new(0x2c0b000b,
        "The iSCSI target has been removed",
        "see the server's configuration");

    /// <summary>Status class 03: the target has a problem of its own.</summary>
    public static readonly FailureKind TargetUnavailable = new(0x1d0b000c,
        "The iSCSI target cannot take a login now",
        "see the target's log");

    /// <summary>Any other status.</summary>
    public static readonly FailureKind LoginRefused = new(0x3c0b000d,
        "The iSCSI target refused the login",
        "see the target's log");

    /// <summary>The target has not proved that it knows the reverse secret.</summary>
    public static readonly FailureKind TargetNotAuthentic = new(0x020b000e,
        "The iSCSI target did not prove who it is",
        "check reverse-username and reverse-password against the target's account");

    /// <summary>No way to authenticate that both sides have.</summary>
    public static readonly FailureKind NoCommonAuthentication = new(0x020b000f,
        "The iSCSI target and we have no way of authentication in common",
        "check whether the target wants CHAP, and that username and password are set");

    /// <summary>A result of the negotiation that cannot be.</summary>
    public static readonly FailureKind NegotiationFailed = new(0x430b0010,
        "The iSCSI target settled a parameter on a value that was not offered",
        "see the target's log and configuration");

    /// <summary>Redirected over and over.</summary>
    public static readonly FailureKind TooManyRedirects = new(0x200b0011,
        "The iSCSI target redirects too often",
        "check the targets' portals for a loop");

    /// <summary>A redirection to nowhere.</summary>
    public static readonly FailureKind BadRedirect = new(0x430b0012,
        "The iSCSI target redirects to a malformed address",
        "check the portal addresses in the target's configuration");

    /// <summary>The discovery session failed behind the login.</summary>
    public static readonly FailureKind DiscoveryFailed = new(0x430b0013,
        "The iSCSI server did not list its targets",
        "check that the server allows discovery");
}
