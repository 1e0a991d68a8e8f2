using System.CommandLine;
using System.IO;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>`test`: host tests, runtime checks, and the QEMU scenarios.</summary>
public static class TestVerb
{
    private static readonly TestProject HostTests = new("host tests", "tests/Tests.csproj");

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
        try
        {
            HostTests.Build();
            if (HostTests.HasTests(filter))
            {
                Steps.Heading("Host tests");
                HostTests.Run(filter, totals);
            }
        }
        catch (HarnessException failure)
        {
            System.Console.Error.WriteLine(failure.Message);
            totals.Add("building", 0, 1);
        }

        return totals.Print();
    }
}
