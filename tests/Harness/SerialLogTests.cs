using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Tests.Harness;

/// <summary>Protects what scenarios see of a guest: markers are found whatever a console does to them.</summary>
public sealed class SerialLogTests : IDisposable
{
    private static readonly TimeSpan NoTime = TimeSpan.Zero;

    private readonly SerialLog _log = new(Path.GetTempFileName());

    public void Dispose()
    {
        _log.Dispose();
        File.Delete(_log.Path);
    }

    [Fact]
    public void EscapeSequencesAndUbootsDoubledReturnsLeaveNoTrace()
    {
        Feed("\x1b[2J\x1b[01;01Hone\x1b[0m two\r\r\nthree\r\n");
        Assert.Equal("one two\nthree\n", _log.Text);
    }

    [Fact]
    public void AProgressBarsStatesBecomeLines()
    {
        Feed("10 %\r20 %\rdone\n");
        Assert.Equal("10 %\n20 %\ndone\n", _log.Text);
    }

    [Fact]
    public void MovingTheCursorEndsTheLine()
    {
        Feed("left\x1b[05;01Hright\n");
        Assert.Equal("left\nright\n", _log.Text);
    }

    [Fact]
    public async Task ATextIsFoundAcrossTheConsolesLineBreaks()
    {
        Feed("the server has no su\r\nch file");
        (string found, _) = await _log.ExpectAsync(NoTime, "no such file");
        Assert.Equal("no such file", found);
    }

    [Fact]
    public async Task EachExpectationStartsWhereTheLastEnded()
    {
        Feed("prompt> one\nprompt> ");
        await _log.ExpectAsync(NoTime, "prompt>");
        await _log.ExpectAsync(NoTime, "one");
        await _log.ExpectAsync(NoTime, "prompt>");
        await Assert.ThrowsAsync<HarnessException>(() => _log.ExpectAsync(NoTime, "prompt>"));
    }

    [Fact]
    public async Task TheEarliestOfSeveralTextsWins()
    {
        Feed("b then a");
        (string found, _) = await _log.ExpectAsync(NoTime, "a", "b");
        Assert.Equal("b", found);
    }

    [Fact]
    public async Task SilenceIsFailureAndShowsTheLastLines()
    {
        Feed("last words\n");
        _log.End();
        HarnessException failure =
            await Assert.ThrowsAsync<HarnessException>(() => _log.ExpectAsync(TimeSpan.FromHours(1), "marker"));
        Assert.Contains("ended without saying 'marker'", failure.Message);
        Assert.Contains("last words", failure.Message);
    }

    [Fact]
    public async Task AnExpectedLineEndIsRefusedAsItCouldNotBeSeen() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _log.ExpectAsync(NoTime, "\nmarker"));

    private void Feed(string text) => _log.Feed(Encoding.Latin1.GetBytes(text));
}
