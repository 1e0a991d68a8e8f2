using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Bootlace.Tidy;

/// <summary>All text files that are, or are about to be, under version control.</summary>
public sealed class SourceTree
{
    private static readonly string[] OtherFolders = ["artifacts", ".git", "bin", "obj", "TestResults", ".vs", ".idea"];

    /// <summary>A tree of the given files.</summary>
    public SourceTree(IEnumerable<SourceFile> files) => Files = [.. files];

    /// <summary>The files, sorted by path.</summary>
    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The file with the given path, or null.</summary>
    public SourceFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    /// <summary>Reads the tree below a folder.</summary>
    public static SourceTree Load(string root)
    {
        IEnumerable<SourceFile> files = ListPaths(root)
            .Order(StringComparer.Ordinal)
            .Select(path => SourceFile.TryLoad(root, path))
            .OfType<SourceFile>();
        return new SourceTree(files);
    }

    /// <summary>The paths of all files that belong to the tree, relative to its root.</summary>
    public static IEnumerable<string> ListPaths(string root) =>
        (ListByGit(root) ?? ListByFolder(root)).Where(path => File.Exists(Path.Combine(root, path)));

    private static IEnumerable<string>? ListByGit(string root)
    {
        ProcessStartInfo start = new("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process git = Process.Start(start)!;
            string output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;   // no git: a source archive, perhaps
        }
    }

    private static IEnumerable<string> ListByFolder(string root) =>
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(OtherFolders.Contains));
}
