using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects forms on the screen (spec/ipxe-compat.md 2.3): what is seen, and what each key does.</summary>
public class FormScreenTests
{
    private const int Enter = 0x0d, Escape = 0x1b, Save = 0x18;
    private static readonly int Up = Key.Up.Code, Down = Key.Down.Code, Left = Key.Left.Code;

    private readonly ManualClock _clock = new();
    private readonly FakeConsole _console;
    private readonly Pump _pump;
    private readonly Menu _form = new("Settings");

    public FormScreenTests()
    {
        _console = new FakeConsole(_clock);
        _pump = new Pump(_clock);
        _form.Add(new MenuItem(null, "Machine"));
        _form.Add(new MenuItem("hostname", "Name of the machine"));
        _form.Add(new MenuItem(null, ""));
        _form.Add(new MenuItem("net0/ip", ""));
        _form.Add(new MenuItem("key", "Key", IsSecret: true));
    }

    public static TheoryData<int[], string[]?> Walks => new()
    {
        { [Save], ["", "old", "", "", "s"] },
        { ['!', Save], ["", "old!", "", "", "s"] },
        { [0x15, 'x', Save], ["", "x", "", "", "s"] },
        { [Left, 'x', Down, '1', Up, 'y', Save], ["", "olxyd", "", "1", "s"] },
        { [Enter, '1', Enter, '2', Enter, '3', Save], ["", "old", "", "1", "s23"] },
        { [0x09, '1', 0x09, 0x08, Save], ["", "old", "", "1", ""] },
        { ['!', Escape], null },
    };

    [Theory]
    [MemberData(nameof(Walks))]
    public void KeysEditTheFieldsAndWalkBetweenThem(int[] keys, string[]? texts)
    {
        _console.Press(100, keys);
        Assert.Equal(texts, FillIn());
    }

    [Fact]
    public void EnterInTheLastFieldMayEndIt()
    {
        _console.Press(100, Enter, Enter, 'x', Enter);
        Assert.Equal(["", "old", "", "", "sx"], FillIn(endsBehindLast: true));
    }

    [Fact]
    public void TheScreenShowsTextsFieldsAndNoSecret()
    {
        string[] rows = [];
        (int, int)[] colours = [];
        _pump.Schedule(Duration.FromMilliseconds(500), () =>
        {
            rows = [.. Enumerable.Range(0, 25).Select(_console.Row)];
            colours = [.. new[] { 4, 6 }.Select(it => _console.ColoursAt(60, it))];
        });
        _console.Press(1000, Save);
        FillIn();
        Assert.Equal("Settings", rows[1].Trim());
        Assert.Equal(
            ["  Machine", "  Name of the machine  old", "", "  net0/ip", "  Key                  *"], rows[3..8]);
        Assert.Equal([(0, 6), (7, 4)], colours);
        Assert.Contains("Ctrl-X saves", rows[23]);
        Assert.Equal((9, 9), _console.ColoursAt(60, 4));
    }

    [Fact]
    public void ALongTextMovesAlongUnderItsField()
    {
        string row = "";
        _pump.Schedule(Duration.FromMilliseconds(500), () => row = _console.Row(4));
        for (int i = 0; i < 300; i++) _console.Press(100, 'a' + i % 26);
        _console.Press(1000, Save);
        Assert.Equal(303, FillIn()![1].Length);
        Assert.EndsWith("jklmn", row);
        Assert.Equal(0, _console.Scrolls);
    }

    [Fact]
    public void ControlCDiscards()
    {
        _console.Press(500, 3);
        Assert.ThrowsAny<OperationCanceledException>(() => FillIn());
        Assert.Equal((9, 9), _console.ColoursAt(60, 4));
    }

    private IReadOnlyList<string>? FillIn(bool endsBehindLast = false)
    {
        var keyboard = new Keyboard(_console, _pump);
        _pump.Add(keyboard);
        var terminal = new ScriptTerminal(_console, keyboard);
        using Interruption interruption = terminal.BeginInterruptible();
        var request = new FormRequest(_form, ["", "old", "", "", "s"], endsBehindLast);
        return _pump.Run<IReadOnlyList<string>?>(() => terminal.FillInAsync(request, interruption.Token));
    }
}
