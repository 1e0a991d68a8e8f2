using System;
using System.IO;

namespace Bootlace.Harness;

/// <summary>Where things are: the source tree, what is built from it, and the cache outside it.</summary>
public static class Repository
{
    /// <summary>The folder that holds Loader.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Everything that is built or recorded; never under version control.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>Serial logs, build logs and test results of the last runs.</summary>
    public static string Logs => Directory.CreateDirectory(Path.Combine(Artifacts, "logs")).FullName;

    /// <summary>Downloaded test payloads. BOOTLACE_CACHE names another place than ~/.cache/bootlace.</summary>
    public static string Cache
    {
        get
        {
            string? wanted = Environment.GetEnvironmentVariable("BOOTLACE_CACHE");
            string folder = wanted is { Length: > 0 }
                ? wanted
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "bootlace");
            return Directory.CreateDirectory(folder).FullName;
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Loader.sln")))
                return folder.FullName;
        throw new HarnessException($"No Loader.sln above {AppContext.BaseDirectory}: not run from the source tree.");
    }
}
