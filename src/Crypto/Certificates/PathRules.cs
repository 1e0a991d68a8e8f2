using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>What must hold of a chain whose signatures hold (RFC 5280, section 6.1), but for policies, which we do not
/// have: who says that they matter is not believed.</summary>
/// <param name="purpose">What the chain is to be believed for.</param>
/// <param name="host">The host the certificate must be for; null: any.</param>
/// <param name="time">The date.</param>
internal sealed class PathRules(CertificatePurpose purpose, string? host, WallTime time)
{
    /// <summary>Checks it.</summary>
    /// <param name="path">The certificate first, the trusted one last.</param>
    /// <exception cref="BootFailure">A rule is broken.</exception>
    public void Require(IReadOnlyList<Certificate> path)
    {
        for (int i = path.Count - 1; i >= 0; i--)
        {
            Certificate one = path[i];
            RequireKnownExtensions(one);
            RequireTime(one);
            if (i > 0) RequireAuthority(path, i);
            RequirePurpose(one, isLeaf: i == 0);
            RequirePermittedNames(path, i);
        }
        using (ChainSearch.ReadKey(path[0]))
        {
            // it is good enough
        }
        if (host is not null && !HostRules.Covers(path[0].View, host))
        {
            throw new BootFailure(
                CertificateFailure.WrongHost, $"The server's certificate is for '{path[0].Name}', not for {host}");
        }
    }

    private void RequireTime(Certificate one)
    {
        CertificateView view = one.View;
        if (view.NotAfter < time.Earliest)
        {
            throw new BootFailure(CertificateFailure.Expired,
                $"The certificate '{one.Name}' expired on {CalendarDate.OfUnixTime(view.NotAfter)}; "
                    + $"it is {time.Describe()}");
        }
        if (view.NotBefore > time.Latest)
        {
            throw new BootFailure(CertificateFailure.NotYetValid,
                $"The certificate '{one.Name}' is not valid before {CalendarDate.OfUnixTime(view.NotBefore)}; "
                    + $"it is {time.Describe()}");
        }
    }

    /// <summary>Every critical extension must be one whose meaning is heeded here; none may stand there
    /// twice.</summary>
    private static void RequireKnownExtensions(Certificate one)
    {
        CertificateView view = one.View;
        foreach (CertificateExtension extension in view.Extensions)
        {
            if (extension.IsCritical && !IsKnown(extension.Id))
            {
                throw new BootFailure(CertificateFailure.UnknownCritical, $"The certificate '{one.Name}' has the "
                    + $"critical extension {Convert.ToHexString(extension.Id)}, which is not known here");
            }
            int twins = 0;
            foreach (CertificateExtension other in view.Extensions)
            {
                if (other.Id.SequenceEqual(extension.Id)) twins++;
            }
            if (twins > 1) throw Damaged(one);
        }
    }

    private static bool IsKnown(ReadOnlySpan<byte> id) =>
        id.SequenceEqual(ObjectIds.BasicConstraints) || id.SequenceEqual(ObjectIds.KeyUsage)
        || id.SequenceEqual(ObjectIds.ExtendedKeyUsage) || id.SequenceEqual(ObjectIds.SubjectAltName)
        || id.SequenceEqual(ObjectIds.NameConstraints) || id.SequenceEqual(ObjectIds.SubjectKeyIdentifier)
        || id.SequenceEqual(ObjectIds.AuthorityKeyIdentifier) || id.SequenceEqual(ObjectIds.CertificatePolicies)
        || id.SequenceEqual(ObjectIds.TlsFeature);   // see RevocationCheck

    private static void RequireAuthority(IReadOnlyList<Certificate> path, int index)
    {
        Certificate one = path[index];
        CertificateView view = one.View;
        bool isTrusted = index == path.Count - 1;
        bool isAuthority = isTrusted && !view.Extensions.MoveNext();   // one of version 1 can say nothing of itself
        int pathLength = -1;
        if (view.TryFindExtension(ObjectIds.BasicConstraints, out CertificateExtension extension))
        {
            if (!BasicConstraints.TryRead(extension.Value, out BasicConstraints constraints, out _)) throw Damaged(one);
            (isAuthority, pathLength) = (constraints.IsAuthority, constraints.PathLength);
        }
        if (view.TryFindExtension(ObjectIds.KeyUsage, out extension))
        {
            if (!KeyUsage.TryRead(extension.Value, out KeyUsage usage, out _)) throw Damaged(one);
            isAuthority &= usage.AllowsCertificates;
        }
        if (!isAuthority)
        {
            throw new BootFailure(CertificateFailure.NotAnAuthority,
                $"The certificate '{path[index - 1].Name}' was issued by '{one.Name}', which is no authority");
        }
        int between = 0;
        for (int i = 1; i < index; i++)
        {
            if (!path[i].View.IsSelfIssued) between++;
        }
        if (pathLength < 0 || between <= pathLength) return;
        throw new BootFailure(CertificateFailure.PathTooLong,
            $"The authority '{one.Name}' allows {pathLength} others below it, and there are {between}");
    }

    /// <summary>A purpose that authorities state binds those below. Who signs programs must say so.</summary>
    private void RequirePurpose(Certificate one, bool isLeaf)
    {
        CertificateView view = one.View;
        if (isLeaf && view.TryFindExtension(ObjectIds.KeyUsage, out CertificateExtension extension))
        {
            if (!KeyUsage.TryRead(extension.Value, out KeyUsage usage, out _)) throw Damaged(one);
            if (!usage.AllowsSigning) throw WrongUsage(one);
        }
        bool mustSay = isLeaf && purpose != CertificatePurpose.ServerAuth;
        if (!view.TryFindExtension(ObjectIds.ExtendedKeyUsage, out extension))
        {
            if (mustSay) throw WrongUsage(one);
            return;
        }
        if (!ExtendedKeyUsage.TryRead(extension.Value, out ExtendedKeyUsage purposes, out _)) throw Damaged(one);
        ReadOnlySpan<byte> wanted = purpose switch
        {
            CertificatePurpose.ServerAuth => ObjectIds.ServerAuth,
            CertificatePurpose.CodeSigning => ObjectIds.CodeSigning,
            _ => ObjectIds.OcspSigning,
        };
        if (!purposes.Has(wanted) && (mustSay || !purposes.Has(ObjectIds.AnyPurpose))) throw WrongUsage(one);
    }

    private BootFailure WrongUsage(Certificate one) => new(CertificateFailure.WrongUsage, purpose switch
    {
        CertificatePurpose.ServerAuth => $"The certificate '{one.Name}' is not for servers",
        CertificatePurpose.CodeSigning => $"The certificate '{one.Name}' is not for signing programs",
        _ => $"The certificate '{one.Name}' is not for telling what was revoked",
    });

    /// <summary>Every certificate below the authority at <paramref name="index"/>, but for authorities that renewed
    /// their own certificate, keeps to its constraints.</summary>
    private void RequirePermittedNames(IReadOnlyList<Certificate> path, int index)
    {
        Certificate authority = path[index];
        if (index == 0 || !authority.View.TryFindExtension(
            ObjectIds.NameConstraints, out CertificateExtension extension))
            return;
        if (!NameConstraints.TryRead(extension.Value, out NameConstraints constraints, out _)) throw Damaged(authority);
        for (int i = 0; i < index; i++)
        {
            CertificateView below = path[i].View;
            if (i > 0 && below.IsSelfIssued) continue;
            bool isHost = i == 0 && purpose == CertificatePurpose.ServerAuth;
            if (NameRules.Allows(constraints, below, isHost)) continue;
            throw new BootFailure(CertificateFailure.NameNotPermitted,
                $"The authority '{authority.Name}' may not vouch for the names of '{path[i].Name}'");
        }
    }

    private static BootFailure Damaged(Certificate one) =>
        new(CertificateFailure.BadCertificate, $"The certificate '{one.Name}' is damaged");
}
