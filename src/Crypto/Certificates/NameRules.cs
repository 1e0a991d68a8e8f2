using System;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>Whether an authority's name constraints allow the names of a certificate below it (RFC 5280, section
/// 4.2.1.10).</summary>
internal static class NameRules
{
    /// <summary>True: every name is allowed. A kind of name we cannot compare is not allowed where it is constrained.
    /// </summary>
    /// <param name="constraints">The authority's.</param>
    /// <param name="certificate">A certificate below it.</param>
    /// <param name="isHost">It is a server's: its common name may be the name of a host.</param>
    public static bool Allows(in NameConstraints constraints, in CertificateView certificate, bool isHost)
    {
        bool hasEmail = false;
        if (certificate.TryFindExtension(ObjectIds.SubjectAltName, out CertificateExtension extension))
        {
            if (!GeneralNames.TryRead(extension.Value, out GeneralNames names, out _)) return false;
            while (names.MoveNext())
            {
                hasEmail |= names.CurrentKind == GeneralNames.Email;
                ReadOnlySpan<byte> name = names.CurrentKind == GeneralNames.Directory
                    ? GeneralNames.DirectoryNameOf(names.Current) : names.Current.Content;
                if (!IsAllowed(constraints, names.CurrentKind, name)) return false;
            }
        }
        const int EmptyNameBytes = 2;
        if (certificate.Subject.Length > EmptyNameBytes
            && !IsAllowed(constraints, GeneralNames.Directory, certificate.Subject))
            return false;
        string email = hasEmail ? "" : X509Name.FindText(certificate.Subject, ObjectIds.EmailAddress);
        if (email.Length > 0 && !IsAllowed(constraints, GeneralNames.Email, Encoding.UTF8.GetBytes(email)))
            return false;
        if (!isHost || !HostRules.UsesCommonName(certificate)) return true;
        string commonName = certificate.CommonName;
        bool isName = commonName.Length > 0 && commonName.IndexOf(' ') < 0;
        return !isName || IsAllowed(constraints, GeneralNames.Dns, Encoding.UTF8.GetBytes(commonName));
    }

    private static bool IsAllowed(in NameConstraints constraints, int kind, ReadOnlySpan<byte> name)
    {
        NameSubtrees excluded = constraints.Excluded;
        while (excluded.MoveNext())
        {
            if (excluded.CurrentKind != kind) continue;
            if (!CanCompare(kind) || IsWithin(kind, name, excluded.Current, isExcluded: true)) return false;
        }
        bool isConstrained = false;
        NameSubtrees permitted = constraints.Permitted;
        while (permitted.MoveNext())
        {
            if (permitted.CurrentKind != kind) continue;
            if (!CanCompare(kind)) return false;
            isConstrained = true;
            if (IsWithin(kind, name, permitted.Current, isExcluded: false)) return true;
        }
        return !isConstrained;
    }

    private static bool CanCompare(int kind) => kind is GeneralNames.Dns or GeneralNames.Address
        or GeneralNames.Directory or GeneralNames.Email or GeneralNames.Uri;

    /// <summary>What cannot be read counts as within what is excluded, and as outside of what is permitted.</summary>
    private static bool IsWithin(int kind, ReadOnlySpan<byte> name, DerElement branch, bool isExcluded) => kind switch
    {
        GeneralNames.Dns => IsHostWithin(name, branch.Content, isExcluded),
        GeneralNames.Address => IsAddressWithin(name, branch.Content, isExcluded),
        GeneralNames.Directory => IsNameWithin(name, GeneralNames.DirectoryNameOf(branch), isExcluded),
        GeneralNames.Email => IsEmailWithin(name, branch.Content, isExcluded),
        _ => IsUriWithin(name, branch.Content, isExcluded),
    };

    /// <summary>The branch's own name and all below it; with a dot in front only those below.</summary>
    private static bool IsHostWithin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> branch, bool isExcluded)
    {
        if (branch.Length == 0) return true;
        if (branch[^1] == '.') branch = branch[..^1];
        if (name.Length > 0 && name[^1] == '.') name = name[..^1];
        if (name.Length == 0) return isExcluded;
        bool isWild = isExcluded && name.StartsWith("*."u8);
        if (branch[0] == '.') return EndsWith(name, branch);
        if (EqualsIgnoreCase(name, branch)) return true;
        if (name.Length > branch.Length && name[^(branch.Length + 1)] == '.' && EndsWith(name, branch)) return true;
        // *.example.org is also bad.example.org, which is excluded.
        ReadOnlySpan<byte> domain = isWild ? name[1..] : default;
        return isWild && branch.Length > domain.Length && EndsWith(branch, domain)
            && branch[..^domain.Length].IndexOf((byte)'.') < 0;
    }

    private static bool IsAddressWithin(ReadOnlySpan<byte> address, ReadOnlySpan<byte> branch, bool isExcluded)
    {
        bool isKnown = branch.Length is 2 * Ipv4Address.Bytes or 2 * Ipv6Address.Bytes
            && address.Length is Ipv4Address.Bytes or Ipv6Address.Bytes;
        if (!isKnown) return isExcluded;
        if (branch.Length != 2 * address.Length) return false;   // of the other family
        ReadOnlySpan<byte> mask = branch[address.Length..];
        for (int i = 0; i < address.Length; i++)
        {
            if (((address[i] ^ branch[i]) & mask[i]) != 0) return false;
        }
        return true;
    }

    private static bool IsNameWithin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> branch, bool isExcluded) =>
        name.Length == 0 || branch.Length == 0 ? isExcluded : X509Name.IsBelow(name, branch);

    /// <summary>A whole address, all of a host, or with a dot in front all of the hosts below.</summary>
    private static bool IsEmailWithin(ReadOnlySpan<byte> email, ReadOnlySpan<byte> branch, bool isExcluded)
    {
        int at = email.LastIndexOf((byte)'@');
        if (at < 0) return isExcluded;
        ReadOnlySpan<byte> host = email[(at + 1)..];
        int branchAt = branch.LastIndexOf((byte)'@');
        if (branchAt >= 0)
            return email[..at].SequenceEqual(branch[..branchAt]) && EqualsIgnoreCase(host, branch[(branchAt + 1)..]);
        return branch.Length > 0 && branch[0] == '.' ? EndsWith(host, branch) : EqualsIgnoreCase(host, branch);
    }

    /// <summary>By its host, which must be a name.</summary>
    private static bool IsUriWithin(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> branch, bool isExcluded)
    {
        int start = uri.IndexOf("://"u8);
        if (start < 0) return isExcluded;
        ReadOnlySpan<byte> host = uri[(start + 3)..];
        int end = host.IndexOfAny((byte)'/', (byte)'?', (byte)'#');
        if (end >= 0) host = host[..end];
        int user = host.LastIndexOf((byte)'@');
        if (user >= 0) host = host[(user + 1)..];
        int port = host.LastIndexOf((byte)':');
        if (port >= 0) host = host[..port];
        bool isName = host.Length > 0 && host[0] != '['
            && !IpAddress.TryParse(Encoding.ASCII.GetString(host), out _);
        if (!isName) return isExcluded;
        return branch.Length > 0 && branch[0] == '.' ? EndsWith(host, branch) : EqualsIgnoreCase(host, branch);
    }

    private static bool EndsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> end) =>
        name.Length > end.Length && EqualsIgnoreCase(name[^end.Length..], end);

    private static bool EqualsIgnoreCase(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length != other.Length) return false;
        for (int i = 0; i < one.Length; i++)
        {
            if (Lower(one[i]) != Lower(other[i])) return false;
        }
        return true;
    }

    private static int Lower(int letter) => letter is >= 'A' and <= 'Z' ? letter | 0x20 : letter;
}
