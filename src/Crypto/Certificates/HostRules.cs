using System;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>Which hosts a server's certificate is for (RFC 9525): its alternative names, and only where it has none of
/// hosts the common name, as old private authorities still write it.</summary>
internal static class HostRules
{
    /// <summary>Whether it is for that host.</summary>
    /// <param name="certificate">The server's.</param>
    /// <param name="host">A name or an address, without brackets.</param>
    public static bool Covers(in CertificateView certificate, string host)
    {
        bool isAddress = IpAddress.TryParse(host, out IpAddress address);
        string name = host.TrimEnd('.');
        bool hasHosts = false;
        if (certificate.TryFindExtension(ObjectIds.SubjectAltName, out CertificateExtension extension))
        {
            if (!GeneralNames.TryRead(extension.Value, out GeneralNames names, out _)) return false;
            while (names.MoveNext())
            {
                ReadOnlySpan<byte> one = names.Current.Content;
                if (names.CurrentKind is GeneralNames.Dns or GeneralNames.Address) hasHosts = true;
                if (isAddress
                    ? names.CurrentKind == GeneralNames.Address && IsAddress(one, address)
                    : names.CurrentKind == GeneralNames.Dns && IsMatch(one, name))
                    return true;
            }
        }
        return !hasHosts && !isAddress && CommonNameIsHost(certificate, name);
    }

    /// <summary>Whether the common name counts as a host: there are no alternative names of hosts.</summary>
    public static bool UsesCommonName(in CertificateView certificate)
    {
        if (!certificate.TryFindExtension(ObjectIds.SubjectAltName, out CertificateExtension extension)) return true;
        if (!GeneralNames.TryRead(extension.Value, out GeneralNames names, out _)) return true;
        while (names.MoveNext())
        {
            if (names.CurrentKind is GeneralNames.Dns or GeneralNames.Address) return false;
        }
        return true;
    }

    /// <summary>A pattern's first label may be a star, which stands for one whole label (RFC 9525, section 6.3); two
    /// more must follow.</summary>
    internal static bool IsMatch(ReadOnlySpan<byte> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.Length > 0 && pattern[^1] == '.') pattern = pattern[..^1];
        if (!pattern.StartsWith("*."u8)) return pattern.Length > 0 && Ascii.EqualsIgnoreCase(pattern, name);
        int dot = name.IndexOf('.');
        ReadOnlySpan<byte> rest = pattern[2..];
        return dot > 0 && rest.IndexOf((byte)'.') > 0 && Ascii.EqualsIgnoreCase(rest, name[(dot + 1)..]);
    }

    private static bool CommonNameIsHost(in CertificateView certificate, string name)
    {
        string commonName = certificate.CommonName;
        Span<byte> bytes = stackalloc byte[commonName.Length <= 255 ? commonName.Length : 0];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (commonName[i] > 0x7f) return false;
            bytes[i] = (byte)commonName[i];
        }
        return IsMatch(bytes, name);
    }

    private static bool IsAddress(ReadOnlySpan<byte> bytes, IpAddress address)
    {
        Span<byte> wanted = stackalloc byte[Ipv6Address.Bytes];
        if (address.IsIpv4)
        {
            address.Ipv4.Write(wanted);
            return bytes.SequenceEqual(wanted[..Ipv4Address.Bytes]);
        }
        address.Ipv6.Write(wanted);
        return bytes.SequenceEqual(wanted);
    }
}
