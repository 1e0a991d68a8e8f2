using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Failures of TFTP transfers (area 06).</summary>
public static class TftpFailure
{
    /// <summary>Error 1.</summary>
    public static readonly FailureKind NotFound =
        new(0x2d060001, "the TFTP server has no such file",
            "check the path after the server name, and the server's root folder");

    /// <summary>Error 2.</summary>
    public static readonly FailureKind AccessDenied =
        new(0x02060002, "the TFTP server denies access", "check the file's permissions on the server");

    /// <summary>Error 4.</summary>
    public static readonly FailureKind IllegalOperation =
        new(0x3d060003, "the TFTP server took the request for illegal", "see the server's log");

    /// <summary>Any other error from the server.</summary>
    public static readonly FailureKind Refused =
        new(0x3c060004, "the TFTP server ended the transfer", "see the server's log");

    /// <summary>No answer to the request.</summary>
    public static readonly FailureKind NoAnswer =
        new(0x4c060005, "the TFTP server does not answer",
            "is it running? Do firewalls let UDP port 69 and its answers through?");

    /// <summary>The server stopped in the middle.</summary>
    public static readonly FailureKind TimedOut =
        new(0x4c060006, "the TFTP server fell silent", "is the server still running? Check the network");

    /// <summary>The transfer id is gone: the server's process has ended.</summary>
    public static readonly FailureKind ServerGone =
        new(0x0f060007, "the TFTP server gave the transfer up", "see the server's log: was it restarted?");

    /// <summary>A packet that breaks the rules of RFC 1350.</summary>
    public static readonly FailureKind Malformed =
        new(0x43060008, "the TFTP server sent a malformed packet", "try another server, or http");

    /// <summary>Not the length that was announced.</summary>
    public static readonly FailureKind SizeMismatch =
        new(0x1d060009, "the file has another length than the TFTP server announced",
            "did the file change meanwhile? Try again");

    /// <summary>A name no request can carry.</summary>
    public static readonly FailureKind BadName =
        new(0x1c06000a, "the file name cannot be asked for by TFTP",
            "use one without NUL, of at most 450 bytes, or http");
}
