using System;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Fuzz;

/// <summary>Protects the C library's TLS, and what we make of it, against servers that have the right keys and say
/// what nobody would say.</summary>
[Collection(NativeTests.Name)]
public class TlsFuzzTests
{
    private const int Seed = 20_26, InputsPerRow = 300;

    public static TheoryData<string> RowNames => [.. Array.ConvertAll(TlsParsers.All, row => row.Name)];

    [Theory]
    [MemberData(nameof(RowNames))]
    public void EverySampleIsAccepted(string name) => RowChecks.AcceptsItsSamples(Row(name));

    [Theory]
    [MemberData(nameof(RowNames))]
    public void EveryTruncationIsSurvived(string name) => RowChecks.SurvivesEveryTruncation(Row(name));

    [Theory]
    [MemberData(nameof(RowNames))]
    public void EverySingleBitFlipIsSurvived(string name) => RowChecks.SurvivesEveryBitFlip(Row(name));

    [Fact]
    public void MutatedInputsAreSurvived() => RowChecks.SurviveMutations(TlsParsers.All, InputsPerRow, Seed);

    private static FuzzRow Row(string name) =>
        Array.Find(TlsParsers.All, row => row.Name == name) ?? throw new ArgumentException($"no fuzz row '{name}'");
}
