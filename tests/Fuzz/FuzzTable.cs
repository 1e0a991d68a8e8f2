using System;
using System.Diagnostics;

namespace Bootlace.Tests.Fuzz;

/// <summary>Every parser of bytes from outside, and the two ways to run them: so many inputs each, as the test suite
/// does, or for a time, as <c>build.sh fuzz</c> does.</summary>
public static class FuzzTable
{
    /// <summary>Feeds each row that many inputs. Null: all survived; else the first that did not.</summary>
    public static FuzzFinding? Run(FuzzRow[] rows, int inputsPerRow, int seed)
    {
        foreach (FuzzRow row in rows)
        {
            // the same for each row, so that a row alone repeats what it did in the table
            var mutator = new Mutator(seed);
            for (int i = 0; i < inputsPerRow; i++)
            {
                if (TryInput(row, mutator.Next(row.Samples)) is { } finding) return finding;
            }
        }
        return null;
    }

    /// <summary>Feeds all rows in turn for that many seconds.</summary>
    public static FuzzFinding? RunFor(FuzzRow[] rows, int seconds, int seed, int inputsPerRow)
    {
        long startedAt = Stopwatch.GetTimestamp();
        for (int round = 0; Stopwatch.GetElapsedTime(startedAt).TotalSeconds < seconds; round++)
        {
            if (Run(rows, inputsPerRow, seed + round) is { } finding) return finding;
        }
        return null;
    }

    /// <summary>Feeds one input as it is, and with its checksums put right.</summary>
    public static FuzzFinding? TryInput(FuzzRow row, byte[] input)
    {
        FuzzFinding? finding = TryOnce(row, input);
        if (finding is not null || row.Repair is null) return finding;
        byte[] repaired = (byte[])input.Clone();
        row.Repair(repaired);
        return TryOnce(row, repaired);
    }

    private static FuzzFinding? TryOnce(FuzzRow row, byte[] input)
    {
        try
        {
            row.Parser(input);
            return null;
        }
        catch (Exception fault)
        {
            return new FuzzFinding(row.Name, input, fault.ToString());
        }
    }
}
