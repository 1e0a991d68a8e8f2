using System;
using System.Text;

namespace Bootlace.Transfer;

/// <summary>The GET request for one URI. Fields go out in the order of spec/ipxe-compat.md 5.4.</summary>
internal sealed class HttpRequest(BootUri uri, string userAgent)
{
    /// <summary>What it asks for.</summary>
    public BootUri Uri { get; } = uri;

    /// <summary>The URI carries a user and password that a server may ask for.</summary>
    public bool HasCredentials => Uri.User is not null;

    /// <summary>The request as bytes.</summary>
    /// <param name="firstByte">Where the body shall start; 0: all of it is wanted.</param>
    /// <param name="validator">Only of the version with this ETag or date, otherwise all of it: If-Range.</param>
    /// <param name="withCredentials">Sends the URI's user and password (RFC 7617).</param>
    public byte[] Emit(ulong firstByte, string? validator, bool withCredentials)
    {
        var text = new StringBuilder("GET ");
        text.Append(Uri.Path.Length == 0 ? "/" : PercentEncoding.Tidy(Uri.Path));
        if (Uri.Query is not null) text.Append('?').Append(PercentEncoding.Tidy(Uri.Query));
        text.Append(" HTTP/1.1\r\nConnection: keep-alive\r\nUser-Agent: ").Append(userAgent);
        text.Append("\r\nHost: ");
        if (Uri.Host!.IndexOf(':') >= 0) text.Append('[').Append(WithoutZone(Uri.Host)).Append(']');
        else text.Append(Uri.Host);
        if (Uri.Port is { } port) text.Append(':').Append(port);
        if (firstByte > 0)
        {
            text.Append("\r\nRange: bytes=").Append(firstByte).Append('-');
            if (validator is not null) text.Append("\r\nIf-Range: ").Append(validator);
        }
        if (withCredentials)
        {
            byte[] secret = Encoding.UTF8.GetBytes($"{Uri.User}:{Uri.Password}");
            text.Append("\r\nAuthorization: Basic ").Append(Convert.ToBase64String(secret));
        }
        return Encoding.UTF8.GetBytes(text.Append("\r\n\r\n").ToString());
    }

    /// <summary>A zone means something on our side only (RFC 6874 section 3).</summary>
    private static string WithoutZone(string address) =>
        address.IndexOf('%') is var zone and >= 0 ? address[..zone] : address;
}
