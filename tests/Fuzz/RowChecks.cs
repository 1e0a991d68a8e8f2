using System;
using System.Globalization;
using Xunit;

namespace Bootlace.Tests.Fuzz;

/// <summary>What every row of a fuzz table must stand.</summary>
internal static class RowChecks
{
    public static void AcceptsItsSamples(FuzzRow row)
    {
        foreach (byte[] sample in row.Samples) Assert.True(row.Parser(sample));
    }

    public static void SurvivesEveryTruncation(FuzzRow row)
    {
        foreach (byte[] sample in row.Samples)
        {
            for (int length = 0; length < sample.Length; length++)
            {
                byte[] cut = sample[..length];
                FindsNothing(FuzzTable.TryInput(row, cut));
                if (!row.IsWhole) continue;
                Assert.False(row.Parser(cut), $"{row.Name} accepts the first {length} bytes");
            }
        }
    }

    public static void SurvivesEveryBitFlip(FuzzRow row)
    {
        foreach (byte[] sample in row.Samples)
        {
            for (int bit = 0; bit < 8 * sample.Length; bit++)
            {
                byte[] flipped = (byte[])sample.Clone();
                flipped[bit / 8] ^= (byte)(1 << bit % 8);
                FindsNothing(FuzzTable.TryInput(row, flipped));
            }
        }
    }

    /// <summary>So many inputs a row; longer, and with another seed, where <c>build.sh fuzz</c> asks for it by
    /// variables, or only one row.</summary>
    public static void SurviveMutations(FuzzRow[] rows, int inputsPerRow, int seed)
    {
        seed = Number("BOOTLACE_FUZZ_SEED") ?? seed;
        if (Environment.GetEnvironmentVariable("BOOTLACE_FUZZ_ROW") is { Length: > 0 } only)
        {
            Assert.Contains([.. Parsers.All, .. TlsParsers.All], row => row.Name == only);
            rows = Array.FindAll(rows, row => row.Name == only);
            if (rows.Length == 0) return;
        }
        FindsNothing(Number("BOOTLACE_FUZZ_SECONDS") is int seconds
            ? FuzzTable.RunFor(rows, seconds, seed, inputsPerRow)
            : FuzzTable.Run(rows, inputsPerRow, seed));
    }

    public static void FindsNothing(FuzzFinding? finding) => Assert.True(finding is null, finding?.ToString());

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value)
            ? value : null;
}
