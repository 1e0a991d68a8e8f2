using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Fuzz;

/// <summary>Protects every parser against bytes nobody would send: cut, flipped, grown together. A canary shows that
/// the search finds what there is to find.</summary>
public class FuzzTests
{
    private const int Seed = 20_25;
    private const int InputsPerRow = 1500;

    public static TheoryData<string> RowNames
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (FuzzRow row in Parsers.All) names.Add(row.Name);
            return names;
        }
    }

    /// <summary>xunit runs only the first of two cases of one name.</summary>
    [Fact]
    public void EveryRowHasANameOfItsOwn() =>
        Assert.Equal(Parsers.All.Length, new HashSet<string>(Parsers.All.Select(row => row.Name)).Count);

    [Theory]
    [MemberData(nameof(RowNames))]
    public void EverySampleIsAccepted(string name)
    {
        FuzzRow row = Row(name);
        foreach (byte[] sample in row.Samples) Assert.True(row.Parser(sample));
    }

    [Theory]
    [MemberData(nameof(RowNames))]
    public void EveryTruncationIsSurvivedAndRefusedWhereItMustBe(string name)
    {
        FuzzRow row = Row(name);
        foreach (byte[] sample in row.Samples)
        {
            for (int length = 0; length < sample.Length; length++)
            {
                byte[] cut = sample[..length];
                AssertNone(FuzzTable.TryInput(row, cut));
                if (!row.IsWhole) continue;
                Assert.False(row.Parser(cut), $"{name} accepts the first {length} bytes");
            }
        }
    }

    [Theory]
    [MemberData(nameof(RowNames))]
    public void EverySingleBitFlipIsSurvived(string name)
    {
        FuzzRow row = Row(name);
        foreach (byte[] sample in row.Samples)
        {
            for (int bit = 0; bit < 8 * sample.Length; bit++)
            {
                byte[] flipped = (byte[])sample.Clone();
                flipped[bit / 8] ^= (byte)(1 << bit % 8);
                AssertNone(FuzzTable.TryInput(row, flipped));
            }
        }
    }

    /// <summary>Runs longer, and with another seed, where <c>build.sh fuzz</c> asks for it by these two
    /// variables.</summary>
    [Fact]
    public void MutatedInputsAreSurvived()
    {
        int seed = Number("BOOTLACE_FUZZ_SEED") ?? Seed;
        AssertNone(Number("BOOTLACE_FUZZ_SECONDS") is int seconds
            ? FuzzTable.RunFor(Parsers.All, seconds, seed)
            : FuzzTable.Run(Parsers.All, InputsPerRow, seed));
    }

    [Fact]
    public void WhatWasFoundOnceIsSurvived()
    {
        Assembly assembly = typeof(FuzzTests).Assembly;
        var known = new HashSet<string>();
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            if (!resource.EndsWith(".hex", StringComparison.Ordinal)) continue;
            string file = resource.Split("Corpus.")[1];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            AssertNone(FuzzTable.TryInput(Row(file.Split('-')[0]), Golden.Bytes(reader.ReadToEnd())));
            known.Add(file);
        }
        Assert.NotEmpty(known);
    }

    [Fact]
    public void TheCanaryIsCaught()
    {
        var canary = new FuzzRow("Canary", BelievesItsLength, [3, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.True(canary.Parser(canary.Samples[0]));
        for (int seed = 0; seed < 20; seed++)
        {
            FuzzFinding? finding = FuzzTable.Run([canary], InputsPerRow, seed);
            Assert.NotNull(finding);
            Assert.Contains("IndexOutOfRange", finding.Fault);
            Assert.NotNull(FuzzTable.TryInput(canary, finding.Input));
        }
    }

    private static bool BelievesItsLength(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        if (bytes.Length == 0) return false;
        for (int i = 0; i < bytes[0]; i++) sum += bytes[1 + i];
        return sum >= 0;
    }

    private static FuzzRow Row(string name) =>
        Array.Find(Parsers.All, row => row.Name == name) ?? throw new ArgumentException($"no fuzz row '{name}'");

    private static void AssertNone(FuzzFinding? finding) => Assert.True(finding is null, finding?.ToString());

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value)
            ? value : null;
}
