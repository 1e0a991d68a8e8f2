using System;
using System.Collections.Generic;
using System.Text;

namespace Bootlace.Transfer;

/// <summary>The request for one URI: a GET, unless its parameters make it something else. Fields go out in the order of
/// spec/ipxe-compat.md 5.4.</summary>
internal sealed class HttpRequest(BootUri uri, string userAgent)
{
    /// <summary>What it asks for.</summary>
    public BootUri Uri { get; } = uri;

    /// <summary>The method.</summary>
    public string Method => Parameters?.Method ?? (HasForm ? "POST" : "GET");

    /// <summary>What is answered has no body, whatever its head says.</summary>
    public bool IsHead => Method == "HEAD";

    /// <summary>Asking twice changes nothing: trouble is worth another attempt (RFC 9110 section 9.2.2).</summary>
    public bool MayRepeat => Method is "GET" or "HEAD";

    private RequestParameters? Parameters => Uri.Parameters;
    private bool HasForm => Parameters is { Form.Length: > 0 };

    /// <summary>The URI carries a user and password that a server may ask for.</summary>
    public bool HasCredentials => Uri.User is not null;

    /// <summary>The request as bytes.</summary>
    /// <param name="firstByte">Where the body shall start; 0: all of it is wanted.</param>
    /// <param name="validator">Only of the version with this ETag or date, otherwise all of it: If-Range.</param>
    /// <param name="withCredentials">Sends the URI's user and password (RFC 7617).</param>
    public byte[] Emit(ulong firstByte, string? validator, bool withCredentials)
    {
        var text = new StringBuilder(Method).Append(' ');
        text.Append(Uri.Path.Length == 0 ? "/" : PercentEncoding.Tidy(Uri.Path));
        if (Uri.Query is not null) text.Append('?').Append(PercentEncoding.Tidy(Uri.Query));
        string form = Parameters?.Form ?? "";
        text.Append(" HTTP/1.1");
        if (form.Length > 0 || Method is "POST" or "PUT" or "PATCH")
            text.Append("\r\nContent-Length: ").Append(form.Length);
        if (form.Length > 0 && !IsGiven("Content-Type"))
            text.Append("\r\nContent-Type: application/x-www-form-urlencoded");
        text.Append("\r\nConnection: keep-alive");
        if (!IsGiven("User-Agent")) text.Append("\r\nUser-Agent: ").Append(userAgent);
        if (!IsGiven("Host")) AppendHost(text);
        if (firstByte > 0)
        {
            text.Append("\r\nRange: bytes=").Append(firstByte).Append('-');
            if (validator is not null) text.Append("\r\nIf-Range: ").Append(validator);
        }
        if (withCredentials && !IsGiven("Authorization"))
        {
            byte[] secret = Encoding.UTF8.GetBytes($"{Uri.User}:{Uri.Password}");
            text.Append("\r\nAuthorization: Basic ").Append(Convert.ToBase64String(secret));
        }
        if (Parameters is not null)
        {
            foreach (KeyValuePair<string, string> header in Parameters.Headers)
                text.Append("\r\n").Append(header.Key).Append(": ").Append(header.Value);
        }
        return Encoding.UTF8.GetBytes(text.Append("\r\n\r\n").Append(form).ToString());
    }

    private bool IsGiven(string header) => Parameters is not null && Parameters.HasHeader(header);

    private void AppendHost(StringBuilder text)
    {
        text.Append("\r\nHost: ");
        if (Uri.Host!.IndexOf(':') >= 0) text.Append('[').Append(WithoutZone(Uri.Host)).Append(']');
        else text.Append(Uri.Host);
        if (Uri.Port is { } port) text.Append(':').Append(port);
    }

    /// <summary>A zone means something on our side only (RFC 6874 section 3).</summary>
    private static string WithoutZone(string address) =>
        address.IndexOf('%') is var zone and >= 0 ? address[..zone] : address;
}
