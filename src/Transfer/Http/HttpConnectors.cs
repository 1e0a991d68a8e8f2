using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>How servers are reached by HTTP: as it is, and over TLS.</summary>
/// <param name="Plain">For http, by TCP.</param>
/// <param name="Secure">For https, by TLS; null: there is none.</param>
public readonly record struct HttpConnectors(IStreamConnector Plain, IStreamConnector? Secure)
{
    private const ushort PlainPort = 80, SecurePort = 443;

    /// <summary>The one for a URI.</summary>
    /// <exception cref="BootFailure">It is of another scheme.</exception>
    public IStreamConnector For(BootUri uri)
    {
        if (uri.Scheme == "http") return Plain;
        if (uri.Scheme != "https") throw new BootFailure(UriFailure.UnknownScheme, $"{uri} is not on a web server");
        return Secure ?? throw new BootFailure(UriFailure.HttpsNotSupported, $"{uri}: https is not possible here");
    }

    /// <summary>The port of a URI's server.</summary>
    public static ushort PortOf(BootUri uri) => uri.Port ?? (uri.Scheme == "https" ? SecurePort : PlainPort);
}
