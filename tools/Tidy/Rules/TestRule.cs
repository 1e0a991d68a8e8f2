using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Bootlace.Tidy;

/// <summary>Host tests never sleep and never read the wall clock; no test is skipped; each class says what it
/// protects.</summary>
public sealed class TestRule : ITidyRule
{
    private static readonly Regex WallClock = new(
        @"\b(Thread\.Sleep|Task\.Delay|DateTime(Offset)?\.(Utc)?Now|Stopwatch|Environment\.TickCount)\b");

    // Scenarios boot real machines; the long fuzz run is given in seconds.
    private static readonly string[] MayWait = ["tests/Scenarios/", "tests/Fuzz/FuzzTable.cs"];

    private static readonly Regex Skipped = new(@"\bSkip\s*=");
    private static readonly Regex TestClass = new(@"^public (?:sealed )?(?:unsafe )?(?:partial )?class \w+Tests\b");

    /// <inheritdoc/>
    public IEnumerable<Complaint> Judge(SourceTree tree)
    {
        foreach (SourceFile file in tree.Files.Where(file => file.IsCSharp && file.IsIn("tests/")))
            for (int index = 0; index < file.Lines.Length; index++)
            {
                string line = file.Lines[index];
                if (!MayWait.Any(file.IsIn) && WallClock.IsMatch(line))
                    yield return new Complaint(file.Path, index + 1, "the wall clock in a host test: use ManualClock");
                if (Skipped.IsMatch(line))
                    yield return new Complaint(file.Path, index + 1, "a skipped test: fix it or remove it");
                if (TestClass.IsMatch(line) && !HasSummary(file, index))
                    yield return new Complaint(file.Path, index + 1, "a test class starts with what it protects");
            }
    }

    private static bool HasSummary(SourceFile file, int index)
    {
        while (--index >= 0 && file.Lines[index].StartsWith('['))
        {
            // An attribute stands between the summary and the class.
        }

        return index >= 0 && file.Lines[index].StartsWith("//", StringComparison.Ordinal);
    }
}
