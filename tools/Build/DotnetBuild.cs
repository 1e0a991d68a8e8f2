using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>Builds a project as one step, with its output in a log. By `dotnet msbuild`: `dotnet build` of the .NET 10
/// SDK leaves two empty folders in the temporary folder each time.</summary>
public static class DotnetBuild
{
    /// <summary>Builds a project.</summary>
    /// <param name="title">What the person at the console reads.</param>
    /// <param name="project">Path of the csproj, relative to the root.</param>
    /// <param name="properties">Further arguments.</param>
    /// <exception cref="HarnessException">It does not build; the message holds the compiler's words.</exception>
    public static void Run(string title, string project, params IEnumerable<string> properties)
    {
        string log = Path.Combine(Repository.Logs, $"build-{Path.GetFileNameWithoutExtension(project)}.log");
        ToolResult result = Steps.Run(title, () => Tool.Capture(
            "dotnet",
            ["msbuild", project, "-restore", "-nologo", "-verbosity:minimal", .. properties],
            folder: Repository.Root));
        File.WriteAllText(log, result.Output + result.Errors);
        if (result.ExitCode == 0)
            return;

        string[] lines = (result.Output + result.Errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] errors = [.. lines.Where(line => line.Contains(" error ", StringComparison.Ordinal)).Distinct()];
        string shown = string.Join('\n', errors.Length > 0 ? errors.Take(30) : lines.TakeLast(30));
        throw new HarnessException($"{project} does not build:\n{shown}\n(whole log: {log})");
    }
}
