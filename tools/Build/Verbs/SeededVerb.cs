using System;
using System.CommandLine;
using System.Globalization;

namespace Bootlace.Build;

/// <summary>`sim` and `fuzz`: the host tests that follow from a seed, longer or with another seed than `test` runs
/// them.</summary>
public static class SeededVerb
{
    /// <summary>The verb that runs the simulated LAN from a seed.</summary>
    public static Command CreateSim() => Create(
        "sim",
        "The simulated LAN: whole stack and script against model servers, from a seed; a failure prints its seed.",
        "seed",
        "BOOTLACE_SEED",
        "Sim.");

    /// <summary>The verb that fuzzes every parser.</summary>
    public static Command CreateFuzz() => Create(
        "fuzz",
        "Every parser on random bytes for so many seconds each; a canary must fail, or the fuzzing itself is broken.",
        "seconds",
        "BOOTLACE_FUZZ_SECONDS",
        "Fuzz",
        new Option<string>("--row") { Description = "Only this row of tests/Fuzz/Parsers*.cs, by its name." });

    private static Command Create(
        string name, string description, string argument, string variable, string filter, Option<string>? row = null)
    {
        Argument<uint?> value = new(argument) { Arity = ArgumentArity.ZeroOrOne };
        Command verb = new(name, description) { value };
        if (row is not null) verb.Add(row);
        verb.SetAction(result =>
        {
            if (row is not null && result.GetValue(row) is { } only)
            {
                Environment.SetEnvironmentVariable("BOOTLACE_FUZZ_ROW", only);
                filter = "FuzzTests.MutatedInputs";
            }
            if (result.GetValue(value) is { } given)
                Environment.SetEnvironmentVariable(variable, given.ToString(CultureInfo.InvariantCulture));
            TestTotals totals = new();
            TestProject tests = new(name, "tests/Tests.csproj");
            tests.Build();
            tests.Run(filter, totals, verbosity: "normal");
            return totals.Print();
        });
        return verb;
    }
}
