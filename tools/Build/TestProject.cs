using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>An xunit project: built, run with its output live, and counted from the results file.</summary>
/// <param name="Title">Name in the totals.</param>
/// <param name="Project">Path of the csproj, relative to the root.</param>
public sealed record TestProject(string Title, string Project)
{
    // By assembly: `dotnet test` of a project leaves two empty folders in the temporary folder each time.
    private string Assembly
    {
        get
        {
            string name = Path.GetFileNameWithoutExtension(Project);
            return Path.Combine(Repository.Artifacts, "host", "bin", name, "debug", $"Bootlace.{name}.dll");
        }
    }

    /// <summary>Builds it, without running anything.</summary>
    public void Build()
    {
        Packages.Ensure(PackageNeed.Build);   // the tests call C code
        DotnetBuild.Run($"Building {Project}", Project);
    }

    /// <summary>Whether it has a test that the filter picks. It has to be built.</summary>
    public bool HasTests(string? filter)
    {
        if (filter is null)
            return true;
        ToolResult result = Tool.Capture(
            "dotnet", ["test", Assembly, "--nologo", "--list-tests", "--filter", Expression(filter)],
            Repository.Root);
        // Each test's name stands on an indented line of its own; the heading is there even when there are none.
        return result.Output.Split('\n').Any(line => line.StartsWith("    ", StringComparison.Ordinal));
    }

    /// <summary>Runs the tests that the filter picks.</summary>
    /// <param name="filter">Part of a test's full name; null for all.</param>
    /// <param name="totals">Where the figures go.</param>
    /// <param name="verbosity">"minimal": failures only; "normal": a line for each test.</param>
    public void Run(string? filter, TestTotals totals, string verbosity = "minimal")
    {
        string results = Path.Combine(Repository.Logs, $"{Path.GetFileNameWithoutExtension(Project)}.trx");
        File.Delete(results);
        List<string> arguments =
        [
            "test", Assembly, "--nologo", "--logger", $"trx;LogFileName={results}",
            "--logger", $"console;verbosity={verbosity}",
        ];
        if (filter is not null)
            arguments.AddRange(["--filter", Expression(filter)]);
        int status = Tool.Run("dotnet", arguments, Repository.Root);

        (int passed, int failed) = File.Exists(results) ? Count(results) : (0, 0);
        if (status != 0 && failed == 0)
            failed = 1;   // it broke before a test could say so
        totals.Add(Title, passed, failed);
        if (failed > 0 && File.Exists(results))
            totals.AddFailures(Failures(results));
    }

    private static IEnumerable<FailedTest> Failures(string results) =>
        from result in XDocument.Load(results).Descendants()
        where result.Name.LocalName == "UnitTestResult" && (string?)result.Attribute("outcome") == "Failed"
        let message = result.Descendants().FirstOrDefault(it => it.Name.LocalName == "Message")?.Value ?? ""
        select new FailedTest((string)result.Attribute("testName")!, message);

    private static string Expression(string filter) =>
        filter.IndexOfAny(['=', '~']) >= 0 ? filter : $"FullyQualifiedName~{filter}";

    private static (int Passed, int Failed) Count(string results)
    {
        XElement counters = XDocument.Load(results).Descendants().First(it => it.Name.LocalName == "Counters");
        int executed = (int)counters.Attribute("executed")!;
        int passed = (int)counters.Attribute("passed")!;
        return (passed, executed - passed);
    }
}
