using System;
using System.Collections.Generic;
using System.Linq;

namespace Bootlace.Build;

/// <summary>Adds up what passed and failed over all kinds of tests.</summary>
public sealed class TestTotals
{
    private readonly List<(string Part, int Passed, int Failed)> _parts = [];
    private readonly List<FailedTest> _failures = [];

    /// <summary>Adds one part's figures.</summary>
    public void Add(string part, int passed, int failed) => _parts.Add((part, passed, failed));

    /// <summary>Notes what failed, to be named again at the end, where it is found: of a long run often only the last
    /// lines are kept.</summary>
    public void AddFailures(IEnumerable<FailedTest> failures) => _failures.AddRange(failures);

    /// <summary>Prints what failed, a table of the parts, and the total alone on the last line.</summary>
    /// <returns>The exit status: 0 when something passed and nothing failed.</returns>
    public int Print()
    {
        int passed = _parts.Sum(it => it.Passed);
        int failed = _parts.Sum(it => it.Failed);
        Console.WriteLine();
        foreach (FailedTest failure in _failures)
            Console.WriteLine(failure);
        foreach (string filter in _failures.Select(it => it.Filter).Distinct())
            Console.WriteLine($"Repeat: ./build.sh test {filter}");
        Console.WriteLine();
        foreach ((string part, int partPassed, int partFailed) in _parts)
            Console.WriteLine($"{part,-28} {partPassed,6} passed {partFailed,4} failed");
        Console.WriteLine();
        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 && passed > 0 ? 0 : 1;
    }
}
