using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Bootlace.Tidy;

/// <summary>Applies every rule to the tree.</summary>
public static class TidyRun
{
    private static readonly ITidyRule[] Rules =
    [
        new TextRule(), new WordRule(), new NameRule(), new LayerRule(), new UnsafeRule(), new TestRule(),
        new SolutionRule(),
    ];

    /// <summary>All complaints about the tree, in order of path and line.</summary>
    public static IReadOnlyList<Complaint> Judge(SourceTree tree) =>
        [.. Rules.SelectMany(rule => rule.Judge(tree)).OrderBy(it => it.Path).ThenBy(it => it.Line)];

    /// <summary>Judges the tree below a folder and prints the complaints.</summary>
    /// <param name="root">The root of the tree.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="prefix">Only complaints about paths that start so; empty for all.</param>
    /// <returns>Whether there was none but warnings.</returns>
    public static bool Print(string root, TextWriter output, string prefix = "")
    {
        SourceTree tree = SourceTree.Load(root);
        List<Complaint> complaints = [.. Judge(tree)];
        complaints.RemoveAll(it => !it.Path.StartsWith(prefix, StringComparison.Ordinal));
        foreach (Complaint complaint in complaints)
            output.WriteLine(complaint);

        int faults = complaints.Count(it => !it.IsWarning);
        output.WriteLine(faults == 0
            ? $"tidy: {tree.Files.Count} files, nothing to complain about"
            : $"tidy: {faults} complaints in {tree.Files.Count} files");
        return faults == 0;
    }
}
