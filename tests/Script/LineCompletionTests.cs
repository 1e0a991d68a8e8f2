using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects what Tab writes at the prompt: commands, their options, settings.</summary>
public class LineCompletionTests
{
    private readonly ScriptWorld _world = new();
    private readonly LineCompletion _completion;

    public LineCompletionTests()
    {
        _completion = new LineCompletion(_world.Interpreter.Commands, _world.Settings);
        _world.Settings.StoreText("myvar", "1");
        _world.Settings.StoreText("myother", "1");
        _world.Settings.StoreText("net0.sub/deep", "1");
        _world.Settings.StoreText("net0/special", "1");
    }

    [Theory]
    [InlineData("isse", "t ")]
    [InlineData("  isse", "t ")]
    [InlineData("ech", "o ")]
    [InlineData("echo a && isse", "t ")]
    [InlineData("echo a || isse", "t ")]
    [InlineData("a ; isse", "t ")]
    [InlineData("time isse", "")]
    [InlineData("echo a &&isse", "")]
    [InlineData("imgs", "")]
    [InlineData("imgsel", "ect ")]
    [InlineData("nosuch", "")]
    [InlineData("echo ${myv", "ar}")]
    [InlineData("echo a${myvar}b${vers", "ion}")]          // the loader's own
    [InlineData("echo ${net0/spec", "ial}")]
    [InlineData("echo ${netX/spec", "ial}")]
    [InlineData("echo ${net0.su", "b/")]
    [InlineData("echo ${net0.sub/de", "ep}")]
    [InlineData("echo ${my", "")]
    [InlineData("echo ${myo", "ther}")]
    [InlineData("echo ${net${myv", "ar}")]
    [InlineData("echo ${net${myvar}/i", "")]
    [InlineData("echo ${host", "name}")]                   // not set, but known
    [InlineData("echo ${ip:ipv", "")]
    [InlineData("echo ${ip:uris", "tring}")]
    [InlineData("echo ${nowhere/i", "")]
    [InlineData("echo myv", "")]
    [InlineData("echo ${a b", "")]
    [InlineData("set myv", "ar ")]
    [InlineData("set myvar myo", "")]
    [InlineData("show --quiet myv", "ar ")]
    [InlineData("read net0/spec", "ial ")]
    [InlineData("set net0.su", "b/")]
    [InlineData("choose --t", "imeout ")]
    [InlineData("choose --", "")]
    [InlineData("nosuch --t", "")]
    [InlineData("# isse", "")]
    [InlineData("echo # ${myv", "ar}")]
    public void TheEndOfALineIsCompleted(string line, string addition) =>
        Assert.Equal(addition, _completion.Complete(line).Addition);

    [Fact]
    public void WhatIsUncertainIsGivenAsFarAsItGoes()
    {
        Completion found = _completion.Complete("set m");
        Assert.Contains("myvar", found.Words);
        Assert.Equal(found.Words.Order(StringComparer.Ordinal).Distinct(), found.Words);
        _world.Settings.StoreText("prefixed-a", "1");
        _world.Settings.StoreText("prefixed-b", "1");
        Assert.Equal("ixed-", _completion.Complete("set pref").Addition);
    }

    [Fact]
    public void AnEmptyLineOffersEveryCommand() =>
        Assert.Equal(_world.Interpreter.Commands.All.Count, _completion.Complete("").Words.Count);

    [Fact]
    public void OptionsAreThoseOfTheCommand()
    {
        IReadOnlyList<string> words = _completion.Complete("sanhook -").Words;
        Assert.Contains("--drive", words);
        Assert.Contains("--help", words);
        Assert.DoesNotContain("--timeout", words);
    }

    [Fact]
    public void AnyLineCanBeCompleted()
    {
        var random = new Random(11);
        string[] pieces = ["${", "}", " ", "/", ":", ".", "&&", "||", ";", "#", "-", "--", "set", "net0", "sub"];
        for (int i = 0; i < 20_000; i++)
        {
            string line = string.Concat(Enumerable.Range(0, 12).Select(_ => pieces[random.Next(pieces.Length)]));
            Completion found = _completion.Complete(line);
            Assert.EndsWith(found.Typed, line);
            Assert.All(found.Words, word => Assert.StartsWith(found.Typed, word));
        }
    }
}
