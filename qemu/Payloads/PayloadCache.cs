using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace Bootlace.Harness;

/// <summary>Debian packages that are only unpacked, never installed, in a folder that outlives the source tree. What is
/// there
/// is used without asking any server.</summary>
public static class PayloadCache
{
    private const string Stamp = ".version";

    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, AptArchive?> s_archives = [];

    /// <summary>Where progress is told; the console's error stream unless replaced.</summary>
    public static Action<string> Say { get; set; } = text => Console.Error.WriteLine(text);

    /// <summary>The archive of the machine's own release.</summary>
    public static AptArchive Own => Remember("own", () => AptArchive.OfThisMachine(Say))!;

    /// <summary>The archive of the next release; null when there is none.</summary>
    public static AptArchive? Next => Remember("next", () => AptArchive.OfNextSuite(Say));

    /// <summary>A package's files, downloaded now if they are not in the cache.</summary>
    /// <param name="archive">Whose package.</param>
    /// <param name="package">Its name.</param>
    /// <param name="architecture">"amd64", "arm64" or "all".</param>
    /// <exception cref="HarnessException">It is not in the cache and cannot be had.</exception>
    public static UnpackedPackage Get(AptArchive archive, string package, string architecture)
    {
        lock (s_lock)
        {
            string folder = Folder(archive, package, architecture);
            string stamp = folder + Stamp;
            if (!File.Exists(stamp))
                Fetch(archive, package, architecture, folder, stamp);
            return new UnpackedPackage(folder, File.ReadAllText(stamp).Trim());
        }
    }

    /// <summary>Whether a package is in the cache, or the archive lists it.</summary>
    public static bool Has(AptArchive archive, string package, string architecture)
    {
        lock (s_lock)
            return File.Exists(Folder(archive, package, architecture) + Stamp) || archive.Has(package, architecture);
    }

    private static string Folder(AptArchive archive, string package, string architecture) =>
        Path.Combine(Repository.Cache, "packages", archive.Name, $"{package}_{architecture}");

    private static void Fetch(AptArchive archive, string package, string architecture, string folder, string stamp)
    {
        string work = folder + ".work";
        if (Directory.Exists(work))
            Directory.Delete(work, recursive: true);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);

        string file = archive.Download(package, architecture, work);
        string version = Tool.Require("dpkg-deb", ["--field", file, "Version"]);
        string unpacked = Path.Combine(work, "files");
        Tool.Require("dpkg-deb", ["--extract", file, unpacked]);
        Directory.Move(unpacked, folder);
        Directory.Delete(work, recursive: true);
        File.WriteAllText(stamp, version);
    }

    private static AptArchive? Remember(string key, Func<AptArchive?> make)
    {
        lock (s_lock)
        {
            if (!s_archives.TryGetValue(key, out AptArchive? archive))
                s_archives[key] = archive = make();
            return archive;
        }
    }
}
