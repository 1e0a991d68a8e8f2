using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Bootlace.Harness;

/// <summary>A program of a package that is only unpacked, with the libraries that it needs: nothing is installed, and
/// no server starts by itself.</summary>
/// <param name="Package">Its package.</param>
/// <param name="Libraries">The library packages it depends on, directly or not, the C library among them.</param>
public sealed record UnpackedProgram(UnpackedPackage Package, IReadOnlyList<UnpackedPackage> Libraries)
{
    // On this machine the C library comes from the machine: its loader and its library have to be of one build.
    private static readonly string[] CoreLibraries = ["libc6_", "libgcc-s1_", "libcrypt1_"];

    /// <summary>What lets it run on this machine, where these libraries are not installed.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_LIBRARY_PATH"] = string.Join(':', Libraries
            .Where(it => !CoreLibraries.Any(core => Path.GetFileName(it.Folder).StartsWith(core)))
            .SelectMany(LibraryFolders)),
    };

    /// <summary>A package and the libraries that it needs, downloaded now if they are not in the cache.</summary>
    /// <exception cref="HarnessException">They are not in the cache and cannot be had.</exception>
    public static UnpackedProgram Get(AptArchive archive, string package, string architecture)
    {
        UnpackedPackage program = PayloadCache.Get(archive, package, architecture);
        string record = program.Folder + ".libraries";
        if (!File.Exists(record))
            File.WriteAllLines(record, FindLibraries(archive, package, architecture));
        return new UnpackedProgram(
            program, [.. File.ReadAllLines(record).Select(it => PayloadCache.Get(archive, it, architecture))]);
    }

    /// <summary>The folders of a package that hold shared libraries.</summary>
    public static IEnumerable<string> LibraryFolders(UnpackedPackage package) =>
        Directory.GetFiles(package.Folder, "*.so*", SearchOption.AllDirectories)
            .Select(it => Path.GetDirectoryName(it)!).Distinct();

    /// <summary>The shared libraries that a program loads when it starts, for a machine that has nothing: name that it
    /// asks for, and path of the file. Whatever is named in a program counts, which finds a few too many.</summary>
    public IReadOnlyDictionary<string, string> LibrariesOf(string program)
    {
        Dictionary<string, string> all = Libraries
            .SelectMany(it => Directory.GetFiles(it.Folder, "*.so*", SearchOption.AllDirectories))
            .GroupBy(it => Path.GetFileName(it)).ToDictionary(it => it.Key, it => it.First());
        Dictionary<string, string> found = [];
        Queue<string> open = new([program]);
        while (open.TryDequeue(out string? path))
        {
            byte[] content = File.ReadAllBytes(path);
            foreach ((string name, string library) in all)
                if (content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name + '\0')) >= 0 && found.TryAdd(name, library))
                    open.Enqueue(library);
        }

        return found;
    }

    private static List<string> FindLibraries(AptArchive archive, string package, string architecture)
    {
        List<string> found = [];
        Queue<string> open = new([package]);
        while (open.TryDequeue(out string? name))
            foreach (string library in LibraryNames(archive.Depends(name, architecture)))
                if (!found.Contains(library))
                {
                    found.Add(library);
                    open.Enqueue(library);
                }

        return found;
    }

    /// <summary>The first alternative of each dependency that is a shared library.</summary>
    private static IEnumerable<string> LibraryNames(string depends) =>
        depends.Split(',').Select(it => Regex.Match(it.Trim(), @"^[^ (|:]+").Value)
            .Where(it => Regex.IsMatch(it, "^lib.*(?<!-perl)$"));
}
