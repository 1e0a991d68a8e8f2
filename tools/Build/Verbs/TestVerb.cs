using System;
using System.CommandLine;
using System.IO;
using System.Text.RegularExpressions;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>`test`: host tests, runtime checks, and the QEMU scenarios.</summary>
public static partial class TestVerb
{
    private static readonly TestProject HostTests = new("host tests", "tests/Tests.csproj");
    private static readonly TestProject Scenarios = new("scenarios", "tests/Scenarios/Scenarios.csproj");

    /// <summary>The verb for the command line.</summary>
    public static Command Create()
    {
        Argument<string?> filter = new("filter")
        {
            Description = "Part of a test's name: only those tests run.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command verb = new("test", "All tests, the QEMU scenarios included; ends with: N passed, N failed.") { filter };
        verb.SetAction(result => Run(result.GetValue(filter), new TestTotals()));
        return verb;
    }

    /// <summary>Runs the tests that the filter picks and prints the totals.</summary>
    /// <returns>The exit status.</returns>
    public static int Run(string? filter, TestTotals totals)
    {
        Part("host tests", totals, () => RunHostTests(filter, totals));
        if (filter is null)
            Part("runtime checks on the host", totals, () => RunRuntimeChecks(totals));
        if (filter is null)
            Part("same bytes twice", totals, () => CheckDeterminism(totals));
        if (OperatingSystem.IsLinux())
            Part("scenarios", totals, () => RunScenarios(filter, totals));
        else
            Console.WriteLine("The QEMU scenarios need Linux: run ./build.sh test in WSL for them.");
        return totals.Print();
    }

    /// <summary>A part that cannot even start costs one failure, and not the parts after it.</summary>
    private static void Part(string title, TestTotals totals, Action run)
    {
        try
        {
            run();
        }
        catch (HarnessException failure)
        {
            Console.WriteLine(failure.Message);
            totals.Add($"{title} (start)", 0, 1);
        }
    }

    private static void RunHostTests(string? filter, TestTotals totals)
    {
        HostTests.Build();
        if (!HostTests.HasTests(filter))
            return;
        Steps.Heading("Host tests");
        HostTests.Run(filter, totals);
    }

    private static void RunRuntimeChecks(TestTotals totals)
    {
        Steps.Heading("Runtime checks against .NET");
        Packages.Ensure(PackageNeed.Build);
        DotnetBuild.Run("Building the runtime checks for the host", LoaderImages.RuntimeChecksProject);
        ToolResult result = Tool.Capture(
            "dotnet", ["run", "--no-build", "--project", LoaderImages.RuntimeChecksProject], Repository.Root);
        Match summary = Summary().Match(result.Output);
        if (!summary.Success)
            throw new HarnessException($"The runtime checks did not come to their end:\n{result.Tail(20)}");
        int passed = int.Parse(summary.Groups[1].Value);
        int failed = int.Parse(summary.Groups[2].Value);
        totals.Add("runtime checks on the host", passed, failed);
        Console.WriteLine(failed == 0 ? summary.Value : result.Tail(40));
    }

    private static void CheckDeterminism(TestTotals totals)
    {
        Steps.Heading("The same sources give the same bytes");
        LoaderImages.Build();
        int differing = LoaderImages.CompareWithCleanBuild().Count;
        totals.Add("same bytes twice", 2 - differing, differing);
    }

    private static void RunScenarios(string? filter, TestTotals totals)
    {
        Scenarios.Build();
        if (!Scenarios.HasTests(filter))
            return;

        Steps.Heading("Scenarios in QEMU");
        Packages.Ensure(PackageNeed.Build, PackageNeed.Boot);
        LoaderImages.Build();
        LoaderImages.BuildRuntimeChecks();
        LoaderImages.BuildDiskBench();
        Steps.Run("Preparing firmware, kernels and busybox", () =>
        {
            foreach (Firmware firmware in Firmware.All)
                LinuxPayload.Prepare(firmware.Architecture);
            _ = TargetDaemons.Names;   // says so if one is left out
        });
        string[] oldCounts = Directory.GetFiles(Repository.Logs, "runtime-checks-*.count");
        Array.ForEach(oldCounts, File.Delete);
        Scenarios.Run(filter, totals, verbosity: "normal");
        foreach (string count in Directory.GetFiles(Repository.Logs, "runtime-checks-*.count"))
        {
            string[] words = File.ReadAllText(count).Split(' ');
            totals.Add(Path.GetFileNameWithoutExtension(count), int.Parse(words[0]), int.Parse(words[1]));
        }
    }

    [GeneratedRegex(@"RUNTIME-CHECKS passed=(\d+) failed=(\d+)")]
    private static partial Regex Summary();
}
