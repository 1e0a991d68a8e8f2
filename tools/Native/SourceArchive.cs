using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Bootlace.Harness;
using static Bootlace.Native.SourceChoice;

namespace Bootlace.Native;

/// <summary>The archive with mbedTLS's source. Debian's .orig file is the upstream release's, byte for byte, so that
/// one pinned digest covers both. When Debian has moved on, a later 3.6 is taken from there, where signatures vouch for
/// it, and from nowhere else.</summary>
internal static class SourceArchive
{
    /// <summary>Names an archive to use, for a machine that reaches no server.</summary>
    private const string Variable = "BOOTLACE_MBEDTLS";

    private const string Package = "mbedtls";
    private const string FileName = $"mbedtls-{PinnedVersion}.tar.bz2";
    private const string Release =
        $"https://github.com/Mbed-TLS/mbedtls/releases/download/mbedtls-{PinnedVersion}/{FileName}";

    private const string DownloadSecondsMax = "300";

    private static string Cache => Directory.CreateDirectory(Path.Combine(Repository.Cache, Package)).FullName;

    /// <summary>Finds the archive: named by the user, in the cache, in the distribution's archive, upstream.</summary>
    /// <returns>Its path and digest.</returns>
    /// <exception cref="HarnessException">It is nowhere, or the one the user named is another.</exception>
    public static (string Path, string Digest) Find(Action<string> say)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return HasDigest(named, Pinned)
                ? (named, Pinned)
                : throw new HarnessException(
                    $"{Variable} names {named}, which is not {FileName} with SHA-256 {Pinned}.");

        string cached = Path.Combine(Cache, FileName);
        if (HasDigest(cached, Pinned))
            return (cached, Pinned);
        if (FindLater(say) is { } later)
            return later;
        List<string> reasons = [];
        Func<(string, string)>[] ways = [() => FromApt(cached, say), () => FromUpstream(cached, say)];
        foreach (Func<(string, string)> way in ways)
        {
            try
            {
                return way();
            }
            catch (HarnessException failure)
            {
                reasons.Add(failure.Message);
            }
        }

        throw new HarnessException(
            $"mbedTLS {PinnedVersion} cannot be had: {string.Join("; ", reasons)}. Get {FileName} (SHA-256 {Pinned}) "
            + $"by other means and name it in {Variable}.");
    }

    /// <summary>A later one that apt has brought before, with the digest that Debian signed in its name.</summary>
    private static (string Path, string Digest)? FindLater(Action<string> say)
    {
        foreach (string path in Directory.GetFiles(Cache, $"mbedtls-{Line}*-*.tar.bz2"))
        {
            string digest = Path.GetFileName(path).Split('-', '.')[^3];
            if (!HasDigest(path, digest))
                continue;
            Warn(path, say);
            return (path, digest);
        }

        return null;
    }

    private static (string Path, string Digest) FromApt(string cached, Action<string> say)
    {
        AptArchive archive = AptArchive.OfSources(say);
        SourcePackage? source = Choose(archive.FindSources(Package, isFresh: false));
        string folder = Path.Combine(Cache, "download");
        string file;
        try
        {
            file = archive.Download(source ?? throw new HarnessException("the lists have no such version"), folder);
        }
        catch (HarnessException)
        {
            // The lists may be older than the archive, which keeps no version for ever.
            source = Choose(archive.FindSources(Package, isFresh: true))
                ?? throw new HarnessException($"Debian has no {Package} {PinnedVersion} or later of that line");
            file = archive.Download(source, folder);
        }

        if (!HasDigest(file, source.ArchiveDigest))
            throw new HarnessException($"apt brought a {source.Archive} with another digest than its list has");
        bool isPinned = source.ArchiveDigest == Pinned;
        string target = isPinned
            ? cached : Path.Combine(Cache, $"mbedtls-{UpstreamVersion(source)}-{source.ArchiveDigest}.tar.bz2");
        if (!isPinned)
            Warn(target, say);
        File.Move(file, target, overwrite: true);
        Directory.Delete(folder, recursive: true);
        return (target, source.ArchiveDigest);
    }

    private static void Warn(string path, Action<string> say) => say(
        $"warning: Debian does not have mbedTLS {PinnedVersion} any more; using {Path.GetFileName(path)}, which it "
        + $"signed. The loader's bytes are not those of a build with {PinnedVersion}.");

    private static (string Path, string Digest) FromUpstream(string cached, Action<string> say)
    {
        say($"Downloading {Release}");
        string partial = cached + ".partial";
        if (ProgramPath.Find("curl") is null)
            throw new HarnessException("there is no curl to ask upstream with");
        ToolResult result = Tool.Capture("curl", ["-fsSL", "--max-time", DownloadSecondsMax, "-o", partial, Release]);
        if (result.ExitCode != 0)
            throw new HarnessException($"curl could not get it from upstream (status {result.ExitCode})");
        if (!HasDigest(partial, Pinned))
            throw new HarnessException("what upstream sent has another digest");
        File.Move(partial, cached, overwrite: true);
        return (cached, Pinned);
    }

    private static bool HasDigest(string path, string digest)
    {
        if (!File.Exists(path))
            return false;
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == digest;
    }
}
