using System;
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
    [InlineData("\x1b[3Jx", "<clear>x")]
    [InlineData("\x1b[;5Hx", "<at 4,0>x")]
    [InlineData("\x1b[3dx", "<at 0,2>x")]
    [InlineData("ab\x1b[3dx", "ab<at 2,2>x")]
    [InlineData("ab\x1b[7Gx", "ab<at 6,0>x")]
    [InlineData("abc\x1b[2Dx", "abc\b\bx")]
    [InlineData("abc\x1b[99Dx", "abc\b\b\bx")]
    [InlineData("abc\x1b[Cx", "abc<at 4,0>x")]
    [InlineData("a\n\n\nb\x1b[2Ax", "a\n\n\nb<at 1,1>x")]
    [InlineData("a\x1b[Ax", "a<at 1,0>x")]
    [InlineData("a\x1b[Bx", "a<at 1,1>x")]
    [InlineData("a\x1b[2Ex", "a<at 0,2>x")]
    [InlineData("\n\na\x1b[Fx", "\n\na<at 0,1>x")]
    [InlineData("ab\x1b[s\n\x1b[ux", "ab\n<at 2,0>x")]
    [InlineData("ab\x1b" + "7\n\x1b" + "8x", "ab\n<at 2,0>x")]
    [InlineData("\x1b[?25lx\x1b[?25h", "<hidden>x<shown>")]
    [InlineData("\x1b[?1049hx\x1b[?2Jx", "xx")]
    [InlineData("\x1b[1;2;3;4;5;6;0;8;9;10;999999999999mx", "<9,9>x")]
    [InlineData("\x1b[91;104mx", "<1,4,bright>x")]
    [InlineData("\x1b[91m\x1b[31mx", "<1,9,bright><1,9>x")]
    [InlineData("\x1b[7mx\x1b[27m", "<0,7>x<9,9>")]
    [InlineData("\x1b[31;42;7mx", "<2,1>x")]
    [InlineData("\x1b[38;5;2mx", "<2,9>x")]
    [InlineData("\x1b[38;5;12;48;5;1mx", "<4,1,bright>x")]
    [InlineData("\x1b[38;5;196mx", "<1#ff0000,9,bright>x")]
    [InlineData("\x1b[38;5;255;48;5;232mx", "<7#eeeeee,0#080808,bright>x")]
    [InlineData("\x1b[38;5;999mx", "<9,9>x")]
    [InlineData("\x1b[38;2;255;120;0;1mx", "<1#ff7800,9,bright>x")]
    [InlineData("\x1b[48;2;0;100;100mx", "<9,6#006464>x")]
    [InlineData("\e[38;2;999;;256mx", "<5#ff00ff,9,bright>x")]   // no more than there is
    [InlineData("\x1b[38mx", "<9,9>x")]
    [InlineData("\x1b[38;2;1mx", "<9,9>x")]
    [InlineData("\x1b[1m\x1b[mx", "<9,9,bright><9,9>x")]
    [InlineData("\x1b[4;5;21mx", "<9,9>x")]
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

    [Theory]
    [InlineData("\x1b[K", "abc  ")]
    [InlineData("\x1b[0K", "abc  ")]
    [InlineData("\x1b[1K", "    efghij")]
    [InlineData("\x1b[2K", "")]
    [InlineData("\x1b[3K", "abcdefghij")]
    [InlineData("\x1b[0J", "abc", "0", "")]
    [InlineData("\x1b[1J", "    efghij", "", "2")]
    public void PartsAreClearedAndTheCursorStays(string sequence, string row, string above = "0", string below = "2")
    {
        var clock = new ManualClock();
        var console = new FakeConsole(clock, 12, 3);
        ScriptTerminal terminal = Terminal(console, clock);
        terminal.Write("0\r\nabcdefghij\r\n2\x1b[2;4H");
        terminal.Write(sequence);
        Assert.Equal([above, row.TrimEnd(), below], [console.Row(0), console.Row(1), console.Row(2)]);
        Assert.Equal((3, 1), console.Cursor);
        Assert.Equal(0, console.Scrolls);
    }

    [Fact]
    public void EverySequenceMaySayAnything()
    {
        var clock = new ManualClock();
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            var console = new FakeConsole(clock, 1 + random.Next(9), 1 + random.Next(4));
            ScriptTerminal terminal = Terminal(console, clock);
            for (int j = 0; j < 40; j++)
                terminal.Write($"ab\x1b[{Number()};{Number()}{(char)random.Next('@', 0x7f)}");
            Assert.DoesNotContain('\x1b', console.Raw);
        }

        string Number() => random.Next(4) switch { 0 => "", 1 => "?", _ => random.Next(20).ToString() };
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
