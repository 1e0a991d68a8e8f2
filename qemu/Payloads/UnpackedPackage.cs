using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Bootlace.Harness;

/// <summary>The files of a package in the cache.</summary>
/// <param name="Folder">Holds usr/, boot/ and so on.</param>
/// <param name="Version">The package's version, in Debian's notation.</param>
public sealed record UnpackedPackage(string Folder, string Version)
{
    /// <summary>The upstream release at the front of the version, such as "2022.11".</summary>
    public string Release => Regex.Match(Version, @"^(?:\d+:)?(\d+\.\d+)").Groups[1].Value;

    /// <summary>The full path of the first of these files that the package has.</summary>
    /// <param name="candidates">Paths inside the package; the last part may hold wildcards.</param>
    /// <exception cref="HarnessException">It has none of them.</exception>
    public string File(params string[] candidates)
    {
        foreach (string candidate in candidates)
        {
            string folder = Path.Combine(Folder, Path.GetDirectoryName(candidate) ?? "");
            string? found = Directory.Exists(folder)
                ? Directory.GetFiles(folder, Path.GetFileName(candidate)).Order().LastOrDefault()
                : null;
            if (found is not null)
                return found;
        }

        throw new HarnessException($"The package in {Folder} holds none of: {string.Join(", ", candidates)}");
    }
}
