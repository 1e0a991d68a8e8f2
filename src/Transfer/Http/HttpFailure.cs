using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Failures of HTTP transfers (area 07).</summary>
public static class HttpFailure
{
    /// <summary>404.</summary>
    public static readonly FailureKind NotFound =
        new(0x2d070001, "the HTTP server has no such file", "check the path after the server name");

    /// <summary>401, and what we know to answer did not help.</summary>
    public static readonly FailureKind Unauthorized =
        new(0x02070002, "the HTTP server wants other credentials", "write them as http://user:password@server/path");

    /// <summary>403.</summary>
    public static readonly FailureKind Forbidden =
        new(0x41070003, "the HTTP server forbids access", "check the server's access rules and the file's permissions");

    /// <summary>Another 4xx.</summary>
    public static readonly FailureKind RequestRefused =
        new(0x1d070004, "the HTTP server refused the request", "see the server's log");

    /// <summary>5xx.</summary>
    public static readonly FailureKind ServerError =
        new(0x1d070005, "the HTTP server failed", "see the server's log");

    /// <summary>A transfer coding other than chunked.</summary>
    public static readonly FailureKind CodingNotSupported =
        new(0x3c070006, "the HTTP server used a transfer coding we did not ask for",
            "switch it off in the server or proxy");

    /// <summary>A response that breaks the rules of RFC 9112.</summary>
    public static readonly FailureKind Malformed =
        new(0x43070007, "the HTTP response is malformed", "is that really an HTTP server? Check the port");

    /// <summary>The connection ended early and could not be taken up again.</summary>
    public static readonly FailureKind ConnectionLost =
        new(0x0f070008, "the HTTP connection was lost", "is the server still running? Check the network");

    /// <summary>Nothing came for too long.</summary>
    public static readonly FailureKind TimedOut =
        new(0x4c070009, "the HTTP server fell silent", "is the server still running? Check the network");

    /// <summary>A response head longer than we take.</summary>
    public static readonly FailureKind HeadTooLong =
        new(0x2307000a, "the head of the HTTP response is too long",
            "do the server's cookies or headers grow without end?");

    /// <summary>A status that means nothing here, as a redirect to nowhere.</summary>
    public static readonly FailureKind UnexpectedStatus =
        new(0x4307000b, "the HTTP server answered with an unexpected status", "see the server's log");

    /// <summary>The file was another one each time the transfer had to begin again.</summary>
    public static readonly FailureKind KeepsChanging =
        new(0x1d07000c, "the transfer had to begin again too often",
            "use a server that keeps the file still and can send ranges");

    /// <summary>A server that sends files only whole.</summary>
    public static readonly FailureKind NoRanges =
        new(0x3c07000d, "the HTTP server does not send parts of files",
            "a disk over HTTP needs a server that honours Range; or use sanboot --ram");

    /// <summary>The file behind a disk is not the one it was.</summary>
    public static readonly FailureKind FileChanged =
        new(0x1d07000e, "the file on the HTTP server has changed", "start again; do not replace a file in use");
}
