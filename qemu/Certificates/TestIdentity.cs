using System;
using System.Collections.Generic;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bootlace.Harness;

/// <summary>A certificate with its key, made for a test: a root, an authority below it, a server, a client or a
/// signer. The tests know it by this name alone, without the harness's namespace.</summary>
public sealed class TestIdentity
{
    /// <summary>The day that host tests call today; before it the dates of a certificate are counted.</summary>
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Values of extendedKeyUsage (RFC 5280, section 4.2.1.12).</summary>
    public const string
        CodeSigning = "1.3.6.1.5.5.7.3.3", ServerAuth = "1.3.6.1.5.5.7.3.1", ClientAuth = "1.3.6.1.5.5.7.3.2";

    private static int s_serialNumber = 0x100;

    private TestIdentity(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        Certificate = certificate;
        Key = key;
    }

    /// <summary>The certificate, without its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The private key, RSA or ECDSA.</summary>
    public AsymmetricAlgorithm Key { get; }

    /// <summary>The certificate, encoded.</summary>
    public byte[] Der => Certificate.RawData;

    /// <summary>The certificate as text.</summary>
    public string Pem => Certificate.ExportCertificatePem() + "\n";

    /// <summary>The private key as text.</summary>
    public string KeyPem => Key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The certificate with its key, as servers of .NET want it.</summary>
    public X509Certificate2 WithKey() => Key is RSA rsa
        ? Certificate.CopyWithPrivateKey(rsa) : Certificate.CopyWithPrivateKey((ECDsa)Key);

    /// <summary>Makes a server's, which is for some hosts: names, or addresses.</summary>
    /// <param name="issuer">Who signs it; null: itself.</param>
    /// <param name="hosts">What goes into subjectAltName.</param>
    /// <param name="key">As for <see cref="Make"/>.</param>
    /// <param name="usage">As for <see cref="Make"/>.</param>
    /// <param name="from">As for <see cref="Make"/>.</param>
    /// <param name="until">As for <see cref="Make"/>.</param>
    public static TestIdentity MakeServer(
        TestIdentity? issuer, string[] hosts, string key = "p256", string usage = ServerAuth, int from = -30,
        int until = 3650)
    {
        SubjectAlternativeNameBuilder names = new();
        foreach (string host in hosts)
        {
            if (IPAddress.TryParse(host, out IPAddress? address)) names.AddIpAddress(address);
            else names.AddDnsName(host);
        }

        return Make(
            "Server", issuer, key, usage: usage, edit: it => it.CertificateExtensions.Add(names.Build()),
            from: from, until: until);
    }

    /// <summary>Makes one. Without an issuer it signs itself.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="issuer">Who signs it.</param>
    /// <param name="key">rsa2048, rsa3072, rsa1024, p256, p384, p521.</param>
    /// <param name="isAuthority">It may sign others.</param>
    /// <param name="usage">Its extended key usage; null: none.</param>
    /// <param name="edit">Changes to the request, before it is signed.</param>
    /// <param name="from">Days from <see cref="Now"/> at which it begins.</param>
    /// <param name="until">Days from <see cref="Now"/> at which it ends.</param>
    public static TestIdentity Make(
        string name, TestIdentity? issuer = null, string key = "p256", bool isAuthority = false,
        string? usage = CodeSigning, Action<CertificateRequest>? edit = null, int from = -30, int until = 3650)
    {
        AsymmetricAlgorithm made = key switch
        {
            "p256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            "p384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            "p521" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            _ => RSA.Create(int.Parse(key[3..])),
        };
        var subject = new X500DistinguishedName($"CN={name}");
        CertificateRequest request = made is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)made, HashAlgorithmName.SHA256);
        ICollection<X509Extension> extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        X509KeyUsageFlags use = isAuthority
            ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature;
        extensions.Add(new X509KeyUsageExtension(use, critical: true));
        extensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (!isAuthority && usage is not null)
            extensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        edit?.Invoke(request);

        int number = System.Threading.Interlocked.Increment(ref s_serialNumber);
        DateTimeOffset begin = Now.AddDays(from), end = Now.AddDays(until);
        X509SignatureGenerator signer = Generator(issuer?.Key ?? made);
        X509Certificate2 certificate = request.Create(
            issuer?.Certificate.SubjectName ?? subject, signer, begin, end, [(byte)(number >> 8), (byte)number]);
        return new TestIdentity(certificate, made);
    }

    /// <summary>Name and key of one, signed by another.</summary>
    public static TestIdentity Cross(TestIdentity one, TestIdentity signer)
    {
        var request = new CertificateRequest(one.Certificate.SubjectName, (ECDsa)one.Key, HashAlgorithmName.SHA256);
        foreach (X509Extension extension in one.Certificate.Extensions) request.CertificateExtensions.Add(extension);
        X509Certificate2 certificate = request.Create(
            signer.Certificate.SubjectName, Generator(signer.Key), Now.AddDays(-30), Now.AddDays(3650), [0x7f, 1]);
        return new TestIdentity(certificate, one.Key);
    }

    /// <summary>The key of one under another name.</summary>
    public static TestIdentity Renamed(TestIdentity one, string name)
    {
        var request = new CertificateRequest(
            new X500DistinguishedName(name), (ECDsa)one.Key, HashAlgorithmName.SHA256);
        X509Certificate2 certificate = request.Create(
            request.SubjectName, Generator(one.Key), Now.AddDays(-30), Now.AddDays(3650), [0x7f, 2]);
        return new TestIdentity(certificate, one.Key);
    }

    private static X509SignatureGenerator Generator(AsymmetricAlgorithm key) => key is RSA rsa
        ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
        : X509SignatureGenerator.CreateForECDsa((ECDsa)key);
}
