using System;
using System.IO;
using System.Linq;

namespace Bootlace.Harness;

/// <summary>Finds programs by name, also in the system folders that an ordinary user's PATH leaves out on
/// Debian.</summary>
public static class ProgramPath
{
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

    /// <summary>The program's full path, or null when the machine has none.</summary>
    public static string? Find(string program)
    {
        if (Path.IsPathRooted(program))
            return File.Exists(program) ? program : null;

        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ""] : [""];
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Concat(SystemFolders)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>The program's full path.</summary>
    /// <exception cref="HarnessException">The machine has none.</exception>
    public static string Require(string program) =>
        Find(program) ?? throw new HarnessException($"The program '{program}' is missing on this machine.");
}
