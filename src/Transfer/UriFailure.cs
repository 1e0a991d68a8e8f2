using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Failures of URIs and of transfers in general (area 05).</summary>
public static class UriFailure
{
    /// <summary>Not a URI.</summary>
    public static readonly FailureKind Malformed =
        new(0x1c050001, "the URI is malformed",
            "check it for a missing bracket, a port outside 1 to 65535 or a bad character");

    /// <summary>A relative reference where nothing says what it is relative to.</summary>
    public static readonly FailureKind NoBase =
        new(0x1c050002, "a relative URI has nothing to be relative to", "write it in full, as http://server/path");

    /// <summary>A scheme nobody serves.</summary>
    public static readonly FailureKind UnknownScheme =
        new(0x3c050003, "the URI's scheme is not supported", "use https, http, tftp, file or data");

    /// <summary>More redirects than <see cref="UriFetcher.RedirectsMax"/>.</summary>
    public static readonly FailureKind Loop =
        new(0x20050004, "too many redirects", "the server sends us round in circles: check its redirect rules");

    /// <summary>A network URI without a server.</summary>
    public static readonly FailureKind NoHost =
        new(0x1c050005, "the URI names no server", "is a setting such as ${next-server} empty?");

    /// <summary>A server tried to send us to something that is not on the network.</summary>
    public static readonly FailureKind RedirectRefused =
        new(0x41050006, "a redirect to this kind of URI is refused",
            "a server may redirect only to http, https and tftp");

    /// <summary>Longer than any URI we take.</summary>
    public static readonly FailureKind TooLong =
        new(0x23050007, "the URI is too long", "shorten it, or send its data another way");

    /// <summary>https where only plain http will do: asking about a certificate may not need another one.</summary>
    public static readonly FailureKind HttpsNotSupported =
        new(0x3c050008, "https is not possible here", "who is asked about certificates must be asked over plain http");

    /// <summary>A data: URI whose data cannot be decoded.</summary>
    public static readonly FailureKind BadData =
        new(0x1c050009, "the data in the URI cannot be decoded", "check its base64 or percent encoding");

    /// <summary>A small file was expected.</summary>
    public static readonly FailureKind BodyTooLarge =
        new(0x2305000a, "the file is larger than any of its kind",
            "the server sends something else than was asked for");

    /// <summary>A server tried to send us from https to something else.</summary>
    public static readonly FailureKind RedirectUnprotected =
        new(0x4105000b, "a redirect from https to something unprotected is refused",
            "write the other address itself, if that is meant, or make the server redirect to https");
}
