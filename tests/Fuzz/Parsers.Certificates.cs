using System;
using System.Security.Cryptography;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;

namespace Bootlace.Tests.Fuzz;

/// <summary>The rows of what stands in certificates, of revocation, and of the date.</summary>
internal static partial class Parsers
{
    private static FuzzRow[] Certificates =>
    [
        new("BasicConstraints", Constraints, [0x30, 6, 1, 1, 0xff, 2, 1, 3]),
        new("KeyUsage", Usage, [3, 2, 5, 0xa0]),
        new("ExtendedKeyUsage", Purposes, [0x30, 10, 6, 8, .. ObjectIds.ServerAuth]),
        new("GeneralNames", Names,
            ChainTalk.AlternativeNames("dns:a.org ip:10.0.0.1 email:a@b.org uri:http://x/").RawData),
        new("NameConstraints", Subtrees, ChainTalk.Constraints("+dns:a.org +dir:CN=x -ip:10.0.0.0/255.0.0.0").RawData),
        new("X509Time", Time, [0x17, 13, .. "261121150405Z"u8], [0x18, 15, .. "20261121150405Z"u8]),
        new("Ocsp", Ocsp, Reply),
        new("Ntp", Ntp, [0x24, 2, .. new byte[22], .. new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, .. new byte[16]]),
    ];

    private static byte[] Reply
    {
        get
        {
            TestIdentity root = ChainTalk.Root();
            return new OcspReply { Issuer = root, About = root, Certificates = [root] }.EncodeUnsigned();
        }
    }

    private static bool Constraints(ReadOnlySpan<byte> bytes)
    {
        if (!BasicConstraints.TryRead(bytes, out BasicConstraints constraints, out ParseError error))
            return Refused(error);
        Check.That(constraints.PathLength >= -1);
        return true;
    }

    private static bool Usage(ReadOnlySpan<byte> bytes)
    {
        if (!KeyUsage.TryRead(bytes, out KeyUsage usage, out ParseError error)) return Refused(error);
        See(usage.Bits);
        return true;
    }

    private static bool Purposes(ReadOnlySpan<byte> bytes)
    {
        if (!ExtendedKeyUsage.TryRead(bytes, out ExtendedKeyUsage usage, out ParseError error)) return Refused(error);
        See(usage.Has(ObjectIds.ServerAuth) || usage.Has(ObjectIds.CodeSigning) ? 1 : 0);
        return true;
    }

    private static bool Names(ReadOnlySpan<byte> bytes)
    {
        if (!GeneralNames.TryRead(bytes, out GeneralNames names, out ParseError error)) return Refused(error);
        while (names.MoveNext())
        {
            See(names.Current.Content);
            if (names.CurrentKind == GeneralNames.Directory) See(GeneralNames.DirectoryNameOf(names.Current));
        }
        return true;
    }

    private static bool Subtrees(ReadOnlySpan<byte> bytes)
    {
        if (!NameConstraints.TryRead(bytes, out NameConstraints constraints, out ParseError error))
            return Refused(error);
        NameSubtrees permitted = constraints.Permitted, excluded = constraints.Excluded;
        while (permitted.MoveNext()) See(permitted.Current.Content);
        while (excluded.MoveNext()) See(excluded.Current.Content);
        return true;
    }

    private static bool Time(ReadOnlySpan<byte> bytes)
    {
        var reader = new DerReader(bytes);
        if (!X509Time.TryRead(ref reader, out long seconds, out ParseError error)) return Refused(error);
        See(CalendarDate.OfUnixTime(seconds).ToString().Length);
        return true;
    }

    private static bool Ocsp(ReadOnlySpan<byte> bytes)
    {
        if (!OcspView.TryRead(bytes, out OcspView view, out ParseError error)) return Refused(error);
        for (int i = 0; i < view.CertificateCount; i++) See(view.Certificate(i));
        ReadOnlySpan<byte> hash = SHA1.HashData([]);
        var query = new OcspQuery { IssuerNameHash = hash, IssuerKeyHash = hash, SerialNumber = [1] };
        See(view.TryFind(query, out OcspAnswer answer) ? (int)answer.Status : 0);
        return See(view.Signed) & See(view.Signature);
    }

    private static bool Ntp(ReadOnlySpan<byte> bytes)
    {
        if (!NtpView.TryRead(bytes, out NtpView view, out ParseError error)) return Refused(error);
        See(view.Refusal.Length + (view.IsRefusal ? 1 : 0) + (view.IsSynchronized ? 1 : 0));
        See((int)view.Transmitted.ToUnixTime(0) + (int)view.Origin.Value);
        return true;
    }
}
