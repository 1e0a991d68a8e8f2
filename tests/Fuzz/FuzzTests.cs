using System;
using System.Collections.Generic;
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
    public void EverySampleIsAccepted(string name) => RowChecks.AcceptsItsSamples(Row(name));

    [Theory]
    [MemberData(nameof(RowNames))]
    public void EveryTruncationIsSurvivedAndRefusedWhereItMustBe(string name) =>
        RowChecks.SurvivesEveryTruncation(Row(name));

    [Theory]
    [MemberData(nameof(RowNames))]
    public void EverySingleBitFlipIsSurvived(string name) => RowChecks.SurvivesEveryBitFlip(Row(name));

    [Fact]
    public void MutatedInputsAreSurvived() => RowChecks.SurviveMutations(Parsers.All, InputsPerRow, Seed);

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
            RowChecks.FindsNothing(FuzzTable.TryInput(Row(file.Split('-')[0]), Golden.Bytes(reader.ReadToEnd())));
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
}
