using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>Certificates as files hold them: PEM with any number of them, or one or several encoded ones, one behind
/// the other.</summary>
public static class CertificateFile
{
    private const int CertificatesMax = 1024;

    /// <summary>Reads them all.</summary>
    /// <exception cref="BootFailure">There is none, one is damaged, or there are too many.</exception>
    public static List<Certificate> Read(ReadOnlySpan<byte> file)
    {
        var certificates = new List<Certificate>();
        if (PemReader.LooksLikePem(file)) ReadPem(file, certificates);
        else ReadEncoded(file, certificates);
        return certificates.Count > 0 ? certificates : throw new BootFailure(CertificateFailure.NoCertificate);
    }

    private static void ReadPem(ReadOnlySpan<byte> file, List<Certificate> certificates)
    {
        var reader = new PemReader(file);
        while (true)
        {
            if (!reader.TryRead(out PemBlock? block, out ParseError error))
            {
                if (error == ParseError.None) return;
                throw new BootFailure(CertificateFailure.BadCertificate, "A block of the PEM file is damaged");
            }
            if (block!.Label is "CERTIFICATE" or "X509 CERTIFICATE") Add(block.Bytes, certificates);
        }
    }

    private static void ReadEncoded(ReadOnlySpan<byte> file, List<Certificate> certificates)
    {
        while (file.Length > 0)
        {
            var reader = new DerReader(file);
            if (!reader.TryRead(DerTag.Sequence, out DerElement one, out _))
            {
                throw new BootFailure(
                    certificates.Count == 0 ? CertificateFailure.NoCertificate : CertificateFailure.BadCertificate);
            }
            Add(one.Bytes, certificates);
            file = file[one.Bytes.Length..];
        }
    }

    private static void Add(ReadOnlySpan<byte> bytes, List<Certificate> certificates)
    {
        if (certificates.Count == CertificatesMax) throw new BootFailure(CertificateFailure.TooMany);
        certificates.Add(Certificate.TryRead(bytes) ?? throw new BootFailure(CertificateFailure.BadCertificate));
    }
}
