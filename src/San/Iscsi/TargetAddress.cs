using System;
using System.Globalization;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A portal as targets write it: <c>name</c>, <c>1.2.3.4:3260</c>, <c>[2001:db8::1]:3260,1</c> (RFC 7143
/// section 13.8).</summary>
/// <param name="Host">A name or an address, an IPv6 address without brackets.</param>
/// <param name="Port">Its TCP port.</param>
/// <param name="PortalGroupTag">The portal group; null where it is not told.</param>
public readonly record struct TargetAddress(string Host, ushort Port, ushort? PortalGroupTag)
{
    private const int HostLettersMax = 255;

    /// <summary>Reads the text. Without a port 3260 is meant. An IPv6 address without brackets is understood where
    /// it can only be one.</summary>
    public static bool TryParse(string text, out TargetAddress address)
    {
        address = default;
        ReadOnlySpan<char> rest = text;
        ushort? group = null;
        if (rest.IndexOf(',') is >= 0 and int comma)
        {
            if (!TryParseNumber(rest[(comma + 1)..], out ushort tag)) return false;
            group = tag;
            rest = rest[..comma];
        }
        if (!TrySplit(rest, out ReadOnlySpan<char> host, out ReadOnlySpan<char> portText)) return false;
        ushort port = RootPath.DefaultPort;
        if (portText.Length > 0 && (!TryParseNumber(portText[1..], out port) || port == 0)) return false;
        address = new TargetAddress(host.ToString(), port, group);
        return true;
    }

    /// <summary>The text that <see cref="TryParse"/> reads back.</summary>
    public override string ToString()
    {
        string host = Host.Contains(':') ? $"[{Host}]" : Host;
        return PortalGroupTag is { } tag ? $"{host}:{Port},{tag}" : $"{host}:{Port}";
    }

    /// <summary>Parts host and port; the port's colon stays with it.</summary>
    private static bool TrySplit(ReadOnlySpan<char> text, out ReadOnlySpan<char> host, out ReadOnlySpan<char> port)
    {
        if (text.Length > 0 && text[0] == '[')
        {
            int end = text.IndexOf(']');
            host = end < 0 ? default : text[1..end];
            port = end < 0 ? default : text[(end + 1)..];
            return Ipv6Address.TryParse(host, out _) && (port.Length == 0 || port[0] == ':');
        }
        bool isBareIpv6 = Ipv6Address.TryParse(text, out _);
        int colon = isBareIpv6 ? -1 : text.IndexOf(':');
        host = colon < 0 ? text : text[..colon];
        port = colon < 0 ? default : text[colon..];
        return isBareIpv6 || IsHost(host);
    }

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        foreach (char letter in host)
        {
            bool isGood = (letter | 0x20) is >= 'a' and <= 'z' || letter is >= '0' and <= '9' or '-' or '.' or '_';
            if (!isGood) return false;
        }
        return host.Length is > 0 and <= HostLettersMax;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> digits, out ushort value) =>
        ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
