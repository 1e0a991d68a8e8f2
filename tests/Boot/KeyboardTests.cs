using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects keys that firmware hands over in pieces, and what is typed faster than it is read.</summary>
public class KeyboardTests
{
    private const int Enter = 0x0d, Escape = 0x1b;

    private readonly ManualClock _clock = new();
    private readonly FakeConsole _console;
    private readonly Pump _pump;
    private readonly Instant _start;

    public KeyboardTests()
    {
        _console = new FakeConsole(_clock);
        _pump = new Pump(_clock);
        _start = _clock.Now;
    }

    [Theory]
    [InlineData("\e[A", "110141")]
    [InlineData("\e[B", "110142")]
    [InlineData("\e[C", "110143")]
    [InlineData("\e[D", "110144")]
    [InlineData("\e[F", "110146")]
    [InlineData("\e[H", "110148")]
    [InlineData("\e[1~", "110148")]      // Home of the Linux console
    [InlineData("\e[4~", "110146")]
    [InlineData("\e[7~", "110148")]      // and of rxvt
    [InlineData("\e[8~", "110146")]
    [InlineData("\e[2~", "11037e")]
    [InlineData("\e[3~", "11047e")]
    [InlineData("\e[5~", "11067e")]
    [InlineData("\e[6~", "11077e")]
    [InlineData("\e[15~", "11107e")]     // F5
    [InlineData("\e[24~", "11197e")]     // F12
    [InlineData("\e[3;5~", "11047e")]    // with Ctrl
    [InlineData("\e[1;2A", "110141")]    // with Shift
    [InlineData("\e[1;2P", "110c7e")]
    [InlineData("\e[Z", "11015a")]
    [InlineData("\eOA", "110141")]
    [InlineData("\eOH", "110148")]
    [InlineData("\eOP", "110c7e")]       // F1
    [InlineData("\eOS", "110f7e")]       // F4
    [InlineData("\eOM", "d")]
    [InlineData("\e[[A", "110c7e")]
    [InlineData("\e[[E", "11107e")]
    [InlineData("\e", "1b")]
    [InlineData("\e\e", "1b 1b")]
    [InlineData("\e\e[A", "1b 110141")]
    [InlineData("\ex", "1b 78")]
    [InlineData("\e\r", "1b d")]
    [InlineData("\e[", "")]
    [InlineData("\e[3", "")]
    [InlineData("\eO", "")]
    [InlineData("\e[[", "")]
    [InlineData("\e[3\r", "d")]
    [InlineData("\e[3\e[B", "110142")]
    [InlineData("\eOz", "")]
    [InlineData("\e[[z", "")]
    [InlineData("\e[?1;2c", "")]             // a terminal says what it is
    [InlineData("\e[24;80R", "")]            // and where its cursor is
    [InlineData("\e[99999999999~", "11647e")]
    [InlineData("a\e[Bb", "61 110142 62")]
    public void SequencesAreKeysWhereverTheyAreCut(string typed, string expected)
    {
        Assert.Equal(expected, Describe(Read(typed, gapMs: 0)));
        Assert.Equal(expected, Describe(Read(typed, gapMs: 30)));
    }

    [Fact]
    public void WhatFollowsALoneEscapeLaterIsNoSequence()
    {
        Assert.Equal([Escape, '[', 'A'], Read("\e[A", gapMs: 150));
        Assert.Equal([Escape, Key.Up.Code], Read([Escape, Key.Up.Code], gapMs: 0));
    }

    [Theory]
    [InlineData("\e[1;22222222222222A", "32 41")]
    [InlineData("\e[11111111111111122A", "32 32 41")]   // numbers alone, as many as are held
    [InlineData("\e[;;;;;;;;;;;;;;;;A", "3b 41")]
    public void ASequenceWithoutEndEnds(string typed, string expected) =>
        Assert.Equal(expected, Describe(Read(typed, gapMs: 0)));

    [Fact]
    public void ALoneEscapeWaitsATenthOfASecond()
    {
        _console.Press(1000, Escape);
        using Interruption interruption = Add(out Keyboard keyboard);
        Assert.Equal(Key.Escape, _pump.Run<Key?>(() => keyboard.ReadAsync(0, CancellationToken.None)));
        Assert.InRange((_clock.Now - _start).Microseconds / 1000, 1100, 1125);
    }

    [Fact]
    public void ControlCInsideASequenceIsStillHeard()
    {
        using Interruption interruption = Add(out Keyboard keyboard);
        _console.Press(50, Escape, '[', 3);
        Assert.ThrowsAny<OperationCanceledException>(
            () => _pump.Run<Key?>(() => keyboard.ReadAsync(0, interruption.Token)));
    }

    [Fact]
    public void NothingOfABurstIsLostAtTheSpeedOfASerialLine()
    {
        string line = string.Concat(Enumerable.Range(0, 400).Select(it => $"{it:d4} "));
        TypeAtLineSpeed(line + "\r");
        Assert.Equal(line, ReadLine());
        Assert.InRange((_clock.Now - _start).Microseconds / 1000, 170, 200);
        Assert.InRange(_console.Raw.Length, 2000, 2100);   // the line is as slow in the other direction
    }

    [Fact]
    public void WhatIsTypedWhileNobodyReadsIsKept()
    {
        string[] lines = [.. Enumerable.Range(0, 100).Select(it => $"echo this is line {it}")];
        TypeAtLineSpeed(string.Concat(lines.Select(it => it + "\r")));
        using Interruption interruption = Add(out Keyboard keyboard);
        _pump.Run(() => _pump.Delay(Duration.FromSeconds(5), CancellationToken.None));
        foreach (string line in lines) Assert.Equal(line, ReadLine(keyboard));
    }

    [Fact]
    public void TabCompletesOrShowsWhatThereIs()
    {
        _console.Type(100, "a bc\te\tX\n");
        using Interruption interruption = Add(out Keyboard keyboard);
        var terminal = new ScriptTerminal(_console, keyboard);
        var asked = new List<string>();
        var request = new LineRequest("iPXE> ", "", 0, true)
        {
            Complete = line =>
            {
                asked.Add(line);
                return line.EndsWith('e') ? new Completion("bcde", ["bcdeone", "bcdetwo"], " ")
                    : new Completion("bc", ["bcd"], "");
            },
        };
        string line = _pump.Run<string>(() => terminal.ReadLineAsync(request, CancellationToken.None));
        Assert.Equal("a bcdeX", line);
        Assert.Equal(["a bc", "a bcde"], asked);
        Assert.Equal("iPXE> a bcde\nbcdeone  bcdetwo\niPXE> a bcdeX\n", _console.Screen);
    }

    [Fact]
    public void TabInsideALineLeavesItsEndAlone()
    {
        _console.Press(100, 'x', 'y', Key.Left.Code, 0x09, '!', Key.End.Code, '?', Enter);
        using Interruption interruption = Add(out Keyboard keyboard);
        var terminal = new ScriptTerminal(_console, keyboard);
        var request = new LineRequest("> ", "", 0, true)
        {
            Complete = line => new Completion(line, [line + "1", line + "2"], " "),
        };
        string line = _pump.Run<string>(() => terminal.ReadLineAsync(request, CancellationToken.None));
        Assert.Equal("x!y?", line);
        Assert.Equal("> xy\nx1  x2\n> x!y?\n", _console.Screen);
    }

    private static string Describe(int[] keys) => string.Join(' ', keys.Select(it => $"{it:x}"));

    private void TypeAtLineSpeed(string text)
    {
        for (int i = 0; i < text.Length; i++) _console.Press(i * 10 / 115, text[i]);
    }

    private Interruption Add(out Keyboard keyboard)
    {
        keyboard = new Keyboard(_console, _pump);
        _pump.Add(keyboard);
        return keyboard.BeginInterruptible();
    }

    private string ReadLine()
    {
        using Interruption interruption = Add(out Keyboard keyboard);
        return ReadLine(keyboard);
    }

    private string ReadLine(Keyboard keyboard)
    {
        var terminal = new ScriptTerminal(_console, keyboard);
        return _pump.Run<string>(
            () => terminal.ReadLineAsync(new LineRequest("iPXE> ", "", 0, true), CancellationToken.None));
    }

    private static int[] Read(string typed, int gapMs) => Read([.. typed.Select(it => (int)it)], gapMs);

    private static int[] Read(int[] typed, int gapMs)
    {
        var test = new KeyboardTests();
        for (int i = 0; i < typed.Length; i++) test._console.Press(100 + i * gapMs, typed[i]);
        using Interruption interruption = test.Add(out Keyboard keyboard);
        var keys = new List<int>();
        test._pump.Run(async () =>
        {
            while (await keyboard.ReadAsync(5000, CancellationToken.None) is { } key) keys.Add(key.Code);
        });
        return [.. keys];
    }
}
