using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bootlace.Stub;

/// <summary>Trusted root certificates for a built loader: its section .trust holds them encoded, one behind the other.
/// </summary>
public static class RootBundle
{
    /// <summary>The section's name.</summary>
    public const string Section = ".trust";

    /// <summary>Where distributions keep the roots that browsers trust.</summary>
    private static readonly string[] DistributionFiles =
    [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
    ];

    /// <summary>The distribution's bundle.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static string FindDistribution() => DistributionFiles.FirstOrDefault(File.Exists)
        ?? throw new InvalidDataException("This system has no bundle of roots: install its package ca-certificates.");

    /// <summary>Reads files of certificates, each PEM or a single encoded one. Those that occur twice are taken once.
    /// </summary>
    /// <returns>What the section is to hold, and the names of the roots.</returns>
    /// <exception cref="InvalidDataException">A file has none.</exception>
    public static (byte[] Content, IReadOnlyList<string> Names) Read(IEnumerable<string> paths)
    {
        List<byte[]> roots = [];
        List<string> names = [];
        foreach (string path in paths)
        {
            foreach (X509Certificate2 root in ReadFile(path))
            {
                if (roots.Any(known => known.AsSpan().SequenceEqual(root.RawData))) continue;
                roots.Add(root.RawData);
                names.Add(root.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
            }
        }
        return ([.. roots.SelectMany(root => root)], names);
    }

    private static X509Certificate2Collection ReadFile(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        X509Certificate2Collection found = [];
        try
        {
            if (bytes.AsSpan().IndexOf("-----BEGIN "u8) >= 0) found.ImportFromPem(File.ReadAllText(path));
            else found.Add(X509CertificateLoader.LoadCertificate(bytes));
        }
        catch (CryptographicException)
        {
            found = [];
        }
        return found.Count > 0 ? found : throw new InvalidDataException($"There is no certificate in {path}.");
    }
}
