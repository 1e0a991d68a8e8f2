using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Bootlace.Harness;

/// <summary>One version of a source package, as the archive's signed list has it.</summary>
/// <param name="Name">The package.</param>
/// <param name="Version">Debian's version: upstream's, a hyphen, and a revision.</param>
/// <param name="Archive">File name of upstream's archive.</param>
/// <param name="ArchiveDigest">The SHA-256 of that file, in hexadecimal.</param>
public sealed partial record SourcePackage(string Name, string Version, string Archive, string ArchiveDigest)
{
    /// <summary>Reads what `apt-cache showsrc` prints.</summary>
    public static IReadOnlyList<SourcePackage> ReadAll(string name, string records)
    {
        List<SourcePackage> found = [];
        foreach (string record in records.Split("\n\n"))
        {
            Match version = VersionLine().Match(record);
            Match archive = ArchiveLine().Match(record);
            if (version.Success && archive.Success)
                found.Add(new SourcePackage(
                    name, version.Groups[1].Value, archive.Groups[2].Value, archive.Groups[1].Value));
        }

        return found;
    }

    [GeneratedRegex(@"^Version: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex VersionLine();

    // Checksums-Sha256: has 64 digits before the size; the signature beside the archive ends in .asc.
    [GeneratedRegex(@"^ ([0-9a-f]{64}) \d+ (\S+\.orig\.tar\.bz2)$", RegexOptions.Multiline)]
    private static partial Regex ArchiveLine();
}
