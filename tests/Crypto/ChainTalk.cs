using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Crypto;

/// <summary>Somebody who shows certificates, and a verifier with roots and a date of its own.</summary>
internal sealed class ChainTalk
{
    public const string Host = "boot.example.org";

    private readonly ManualClock _clock = new();

    public ChainTalk(params TestIdentity[] roots)
    {
        SetTime(0, hasClock: true);
        foreach (TestIdentity root in roots) AddRoot(root);
    }

    public TrustStore Trust { get; } = new();
    public WallTime Time { get; private set; } = null!;
    public static long UsualTime => TestIdentity.Now.ToUnixTimeSeconds();

    /// <summary>Days after the usual date; without a clock that is the day the loader was built.</summary>
    public ChainTalk SetTime(double days, bool hasClock = true)
    {
        long now = UsualTime + (long)(days * 86400);
        Time = new WallTime(_clock, new ManualWallClock(hasClock ? now : null), hasClock ? now - 86400 * 365 * 5 : now);
        return this;
    }

    public void AddRoot(TestIdentity root) => Trust.Add([Certificate.TryRead(root.Der)!], TrustOrigin.Script, true);

    public void AddBetween(TestIdentity one) => Trust.Add([Certificate.TryRead(one.Der)!], TrustOrigin.Script, false);

    /// <summary>The names along the chain.</summary>
    public string Accept(TestIdentity leaf, params TestIdentity[] others) => AcceptAs(Host, leaf, others);

    public string AcceptAs(string? host, TestIdentity leaf, params TestIdentity[] others) =>
        string.Join(" < ", Verify(leaf, others, CertificatePurpose.ServerAuth, host).Select(one => one.Name));

    public BootFailure Refuse(FailureKind kind, TestIdentity leaf, params TestIdentity[] others) =>
        RefuseAs(kind, Host, leaf, others);

    public BootFailure RefuseAs(FailureKind kind, string? host, TestIdentity leaf, params TestIdentity[] others)
    {
        var failure = Assert.Throws<BootFailure>(() => Verify(leaf, others, CertificatePurpose.ServerAuth, host));
        Assert.True(failure.Kind == kind, $"wanted {kind.Sentence}, got {failure.Describe()}");
        return failure;
    }

    public IReadOnlyList<Certificate> Verify(
        TestIdentity leaf, TestIdentity[] others, CertificatePurpose purpose, string? host) =>
        new ChainVerifier(Trust, Time).Verify(
            leaf.Der, Array.ConvertAll(others, one => (ReadOnlyMemory<byte>)one.Der), purpose, host);

    public static TestIdentity Root(
        string name = "Root", Action<CertificateRequest>? edit = null, string key = "p256") =>
        TestIdentity.Make(name, isAuthority: true, edit: edit, key: key);

    public static TestIdentity Below(TestIdentity issuer, string name, Action<CertificateRequest>? edit = null) =>
        TestIdentity.Make(name, issuer, isAuthority: true, edit: edit);

    public static TestIdentity Server(
        TestIdentity? issuer, string? names = "dns:" + Host, Action<CertificateRequest>? edit = null,
        string key = "p256", int from = -30, int until = 3650, string? usage = TestIdentity.ServerAuth,
        string name = "server") => TestIdentity.Make(name, issuer, key, usage: usage, from: from, until: until,
            edit: request =>
            {
                if (names is not null) request.CertificateExtensions.Add(AlternativeNames(names));
                edit?.Invoke(request);
            });

    /// <summary>Names as "dns:a ip:b email:c uri:d".</summary>
    public static X509Extension AlternativeNames(string names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (string name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string value = name[(name.IndexOf(':') + 1)..];
            switch (name[..name.IndexOf(':')])
            {
                case "dns": builder.AddDnsName(value); break;
                case "ip": builder.AddIpAddress(IPAddress.Parse(value)); break;
                case "email": builder.AddEmailAddress(value); break;
                default: builder.AddUri(new Uri(value)); break;
            }
        }
        return builder.Build();
    }

    /// <summary>Puts an extension in the place of one of the same kind.</summary>
    public static void Replace(CertificateRequest request, X509Extension extension)
    {
        X509Extension? old = request.CertificateExtensions
            .FirstOrDefault(one => one.Oid!.Value == extension.Oid!.Value);
        if (old is not null) request.CertificateExtensions.Remove(old);
        request.CertificateExtensions.Add(extension);
    }

    public static void Remove(CertificateRequest request, string id) =>
        request.CertificateExtensions.Remove(request.CertificateExtensions.First(one => one.Oid!.Value == id));

    /// <summary>Name constraints as "+dns:a -ip:10.0.0.0/255.0.0.0 +dir:CN=x -email:y +uri:z +other:".</summary>
    public static X509Extension Constraints(string text)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (char side in "+-")
            {
                string[] names = [.. text.Split(' ').Where(one => one.StartsWith(side)).Select(one => one[1..])];
                if (names.Length == 0) continue;
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, side == '+' ? 0 : 1)))
                {
                    foreach (string name in names) WriteSubtree(writer, name);
                }
            }
        }
        return new X509Extension("2.5.29.30", writer.Encode(), critical: true);
    }

    private static void WriteSubtree(AsnWriter writer, string name)
    {
        string value = name[(name.IndexOf(':') + 1)..];
        using (writer.PushSequence())
        {
            switch (name[..name.IndexOf(':')])
            {
                case "dns": WriteText(2); break;
                case "email": WriteText(1); break;
                case "uri": WriteText(6); break;
                case "ip":
                    byte[] both = [.. value.Split('/').SelectMany(part => IPAddress.Parse(part).GetAddressBytes())];
                    writer.WriteOctetString(both, new Asn1Tag(TagClass.ContextSpecific, 7));
                    break;
                case "dir":
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
                        writer.WriteEncodedValue(new X500DistinguishedName(value).RawData);
                    break;
                default: writer.WriteObjectIdentifier("1.2.3", new Asn1Tag(TagClass.ContextSpecific, 8)); break;
            }
        }

        void WriteText(int kind) => writer.WriteCharacterString(
            UniversalTagNumber.IA5String, value, new Asn1Tag(TagClass.ContextSpecific, kind));
    }
}
