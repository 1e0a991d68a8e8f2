using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bootlace.Tests.Support;

/// <summary>Certificates made for tests by .NET.</summary>
public static class TestCertificates
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A certificate that signs itself, with its private key.</summary>
    /// <param name="name">Its common name, and the only host name it is good for.</param>
    /// <param name="isRsa">An RSA key of 2048 bits; else ECDSA on P-256.</param>
    public static X509Certificate2 CreateOwn(string name, bool isRsa = false)
    {
        string subject = $"CN={name}";
        CertificateRequest request = isRsa
            ? new CertificateRequest(subject, RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(From, From.AddYears(2));
    }
}
