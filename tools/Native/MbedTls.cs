using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Bootlace.Harness;
using ICSharpCode.SharpZipLib.BZip2;

namespace Bootlace.Native;

/// <summary>mbedTLS's source, unpacked: the folders library/ and include/ and the licence.</summary>
internal sealed partial class MbedTls
{
    // What src/Crypto/native/include/bootlace_config.h has no use for.
    private static readonly HashSet<string> Unused =
    [
        "aria", "camellia", "ccm", "cmac", "des", "dhm", "ecjpake", "error", "hmac_drbg", "lmots", "lms",
        "memory_buffer_alloc", "mps_reader", "mps_trace", "net_sockets", "nist_kw", "padlock", "pkcs12", "pkcs5",
        "pkcs7", "pkwrite", "psa_crypto_se", "psa_crypto_storage", "psa_its_file", "ripemd160", "ssl_cache",
        "ssl_cookie", "ssl_ticket", "ssl_tls12_server", "ssl_tls13_server", "threading", "timing", "version",
        "version_features", "x509_create", "x509_crl", "x509_csr", "x509write", "x509write_crt", "x509write_csr",
    ];

    private readonly string _folder;

    private MbedTls(string folder, string digest)
    {
        _folder = folder;
        Digest = digest;
        string header = File.ReadAllText(Path.Combine(folder, "include", "mbedtls", "build_info.h"));
        Name = VersionLine().Match(header).Groups[1].Value;
        Files =
        [
            .. Directory.GetFiles(Path.Combine(folder, "library"), "*.c")
                .Where(file => !Unused.Contains(Path.GetFileNameWithoutExtension(file)))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>"mbed TLS 3.6.7".</summary>
    public string Name { get; }

    /// <summary>The SHA-256 of the archive.</summary>
    public string Digest { get; }

    /// <summary>The files to compile.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Where its headers are.</summary>
    public IEnumerable<string> Includes => [Path.Combine(_folder, "include"), Path.Combine(_folder, "library")];

    /// <summary>The source in a folder, unpacked there first when it is not.</summary>
    public static MbedTls Get(string folder, Action<string> say)
    {
        (string archive, string digest) = SourceArchive.Find(say);
        string stamp = Path.Combine(folder, "archive.sha256");
        if (File.Exists(stamp) && File.ReadAllText(stamp) == digest)
            return new MbedTls(folder, digest);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Unpack(archive, folder);
        File.WriteAllText(stamp, digest);
        return new MbedTls(folder, digest);
    }

    private static void Unpack(string archive, string folder)
    {
        using FileStream file = File.OpenRead(archive);
        using BZip2InputStream unzipped = new(file);
        using TarReader tar = new(unzipped);
        while (tar.GetNextEntry() is { } entry)
        {
            // mbedtls-3.6.7/library/aes.c
            Match match = WantedPath().Match(entry.Name);
            if (!match.Success || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            string target = Path.Combine(folder, match.Groups[1].Value);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            entry.ExtractToFile(target, overwrite: true);
        }
    }

    [GeneratedRegex(@"^[\w.+-]+/(LICENSE|library/\w+\.[ch]|include/(?:mbedtls|psa)/\w+\.h)$")]
    private static partial Regex WantedPath();

    [GeneratedRegex(@"MBEDTLS_VERSION_STRING_FULL\s+""([^""]*)""")]
    private static partial Regex VersionLine();
}
