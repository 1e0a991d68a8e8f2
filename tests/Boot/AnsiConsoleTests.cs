using Bootlace.Boot;
using Bootlace.Script;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the screen from raw escape sequences, which scripts print and EDK2 shows as question
/// marks.</summary>
public class AnsiConsoleTests
{
    [Theory]
    [InlineData("plain\n", "plain\n")]
    [InlineData("\x1b[1mbold\x1b[0m.", "<9,9,bright>bold<9,9>.")]
    [InlineData("\x1b[31;44mx", "<1,4>x")]
    [InlineData("\x1b[39;49mx", "<9,9>x")]
    [InlineData("\x1b[2Jx", "<clear>x")]
    [InlineData("\x1b[Jx", "<clear>x")]
    [InlineData("\x1b[5;10Hx", "<at 9,4>x")]
    [InlineData("\x1b[Hx", "<at 0,0>x")]
    [InlineData("\x1b[?25lx", "x")]
    [InlineData("\x1b[1;2;3;4;5;6;7;8;9;10;999999999999mx", "<9,9,bright>x")]
    [InlineData("\x1b" + "cx", "x")]
    [InlineData("a\x1b", "a")]
    public void KnownSequencesBecomeCallsAndOthersVanish(string text, string expected)
    {
        var clock = new ManualClock();
        var whole = new FakeConsole(clock);
        Terminal(whole, clock).Write(text);
        Assert.Equal(expected, whole.Raw);

        var split = new FakeConsole(clock);
        ScriptTerminal terminal = Terminal(split, clock);
        foreach (char c in text) terminal.Write(c.ToString());
        Assert.Equal(expected, split.Raw);
    }

    [Fact]
    public void Utf8IsDecodedForTheScreen()
    {
        var clock = new ManualClock();
        var console = new FakeConsole(clock);
        Terminal(console, clock).Write(ByteText.FromUnicode("Menü ☃"));
        Assert.Equal("Menü ☃", console.Raw);
    }

    private static ScriptTerminal Terminal(FakeConsole console, ManualClock clock) =>
        new(console, new Keyboard(console, new Bootlace.Net.Pump(clock)));
}
