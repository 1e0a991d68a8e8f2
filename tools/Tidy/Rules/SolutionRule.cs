using System;
using System.Collections.Generic;
using System.Linq;

namespace Bootlace.Tidy;

/// <summary>Every project opens with Loader.sln, but for runtime/, which builds for the firmware only.</summary>
public sealed class SolutionRule : ITidyRule
{
    private const string Solution = "Loader.sln";

    /// <inheritdoc/>
    public IEnumerable<Complaint> Judge(SourceTree tree)
    {
        string solution = tree.Find(Solution)?.Text.Replace('\\', '/') ?? "";
        return tree.Files
            .Where(file => file.IsProject)
            .Where(file => !file.IsIn("runtime/") && !solution.Contains($"\"{file.Path}\""))
            .Select(file => new Complaint(file.Path, 0, $"not in {Solution}: dotnet sln {Solution} add {file.Path}"));
    }
}
