using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>Installs the Debian and Ubuntu packages of tools/packages.txt that are missing; elsewhere says what
/// is.</summary>
public static class Packages
{
    // What shows on other systems whether a package's tools are there.
    private static readonly Dictionary<string, string> Programs = new()
    {
        ["clang-19"] = "clang", ["lld-19"] = "lld-link", ["llvm-19"] = "llvm-symbolizer",
    };

    /// <summary>Makes sure that the machine has what these needs ask for.</summary>
    /// <exception cref="HarnessException">Something is missing and cannot be installed; the message lists
    /// it.</exception>
    public static void Ensure(params PackageNeed[] needs)
    {
        if (needs.Contains(PackageNeed.Boot) && !OperatingSystem.IsLinux())
            throw new HarnessException(
                "Booting in QEMU needs Linux: on Windows open this folder in WSL (Debian or Ubuntu) "
                + "and use ./build.sh there.");

        string[] wanted = [.. List().Where(it => needs.Contains(it.Need)).Select(it => it.Package)];
        if (ProgramPath.Find("dpkg-query") is null || ProgramPath.Find("apt-get") is null)
        {
            RequirePrograms(wanted);
            return;
        }

        string[] missing = [.. wanted.Except(Installed(wanted))];
        if (missing.Length > 0)
            Install(missing);
    }

    private static IEnumerable<(string Package, PackageNeed Need)> List()
    {
        foreach (string line in File.ReadLines(Path.Combine(Repository.Root, "tools", "packages.txt")))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 2 && words[0] != "#")
                yield return (words[0], Enum.Parse<PackageNeed>(words[1], ignoreCase: true));
        }
    }

    private static IEnumerable<string> Installed(string[] wanted)
    {
        ToolResult result = Tool.Capture("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status}\n", .. wanted]);
        return result.Output.Split('\n')
            .Where(line => line.EndsWith(" installed", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0]);
    }

    private static void Install(string[] missing)
    {
        string list = string.Join(' ', missing);
        bool isRoot = Environment.UserName == "root";
        if (!isRoot && ProgramPath.Find("sudo") is null)
            throw new HarnessException(
                $"These packages are missing and there is no sudo to install them: {list}\n"
                + $"As root: apt-get update && apt-get install --no-install-recommends {list}");

        Console.WriteLine($"Missing packages: {list}");
        Dictionary<string, string> quiet = new() { ["DEBIAN_FRONTEND"] = "noninteractive" };
        string[] door = isRoot ? [] : ["sudo", "DEBIAN_FRONTEND=noninteractive"];
        Apt("Refreshing the package lists", ["update"]);
        Apt("Installing them", ["install", "--yes", "--no-install-recommends", .. missing]);

        void Apt(string title, string[] arguments)
        {
            string[] line = [.. door, "apt-get", "-q", .. arguments];
            if (isRoot)
                Steps.Run(title, () => Tool.Require(line[0], line[1..], environment: quiet));
            else if (Tool.Run(line[0], line[1..]) != 0)   // shares our terminal: sudo may ask for the password
                throw new HarnessException($"apt-get {arguments[0]} failed; see above.");
        }
    }

    private static void RequirePrograms(string[] wanted)
    {
        string[] missing =
        [
            .. wanted.Where(Programs.ContainsKey)
                .Where(it => ProgramPath.Find(it) is null && ProgramPath.Find(Programs[it]) is null)
                .Select(it => Programs[it]),
        ];
        if (missing.Length > 0)
            throw new HarnessException(
                $"These programs are missing: {string.Join(", ", missing)}. "
                + "Install LLVM 19 or newer (clang, lld and the llvm tools) and put it on the PATH.");
    }
}
