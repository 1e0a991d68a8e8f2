using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the settings editor (<c>config</c>, spec/ipxe-compat.md 2.2): what is seen, what each key does,
/// and that it fits every screen.</summary>
public class SettingsScreenTests
{
    private const int Enter = 0x0d, Escape = 0x1b, CtrlC = 0x03, Leave = 0x18, Delete = 0x04, New = 0x0e, Clear = 0x15;
    private static readonly int Up = Key.Up.Code, Down = Key.Down.Code, Left = Key.Left.Code, Right = Key.Right.Code,
        PageDown = Key.PageDown.Code, PageUp = Key.PageUp.Code, End = Key.End.Code, Home = Key.Home.Code;

    private readonly ManualClock _clock = new();
    private readonly Pump _pump;
    private readonly SettingsStore _settings = new();
    private FakeConsole _console;

    public SettingsScreenTests()
    {
        _console = new FakeConsole(_clock);
        _pump = new Pump(_clock);
        _settings.StoreText("net0/ip", "10.0.0.5");
        _settings.StoreText("hostname", "old");
        _settings.StoreText("zeta:int32", "7");
        var builtin = new ComputedBlock("builtin", DeclaredSettings.Builtin);
        builtin.Add("version", () => "9.9"u8.ToArray());
        _settings.Register(builtin, _settings.Root);
    }

    [Fact]
    public void TheScreenShowsBlocksThenWhatIsSetThenWhatCouldBe()
    {
        string[] rows = [];
        (int, int)[] colours = [];
        Watch(500, () =>
        {
            rows = Rows();
            colours = [.. Enumerable.Range(3, 3).Select(it => _console.ColoursAt(60, it))];
        });
        Edit("", Down, Leave);
        Assert.Equal("Settings", rows[1].Trim());
        Assert.Equal(
            ["  net0/", "  builtin/", "  hostname          old", "  ip                10.0.0.5",
            "  zeta              7", "  active-scan"], rows[3..9]);
        Assert.Equal([(7, 1), (6, 4), (7, 4)], colours);
        Assert.Contains("Ctrl-X leaves", rows[23]);
        Assert.Equal((9, 9), _console.ColoursAt(60, 4));   // nothing of it is left
    }

    [Fact]
    public void TheNoteSaysWhereAValueComesFrom()
    {
        string inherited = "", own = "", unset = "";
        Watch(250, () => inherited = Rows()[24]);
        Watch(150, () => own = Rows()[24]);
        Watch(350, () => unset = Rows()[24]);
        _console.Press(110, 'h');
        _console.Press(210, 'i');
        _console.Press(310, 'a');
        EditUntil(400);
        Assert.Equal(["  net0/ip:ipv4", "  hostname:string", "  not set"], [inherited, own, unset]);
    }

    public static TheoryData<string, int[], string> Edits => new()
    {
        { "", ['h', Enter, '!', Enter, Leave], "hostname=old! net0/ip=10.0.0.5 zeta=7" },
        { "", ['h', Enter, Clear, 'n', Enter, Escape], "hostname=n net0/ip=10.0.0.5 zeta=7" },
        { "", ['h', Enter, Clear, Enter, Leave], "net0/ip=10.0.0.5 zeta=7" },
        { "", ['h', Right, '!', Escape, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },
        { "", ['h', Enter, '!', CtrlC, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },
        { "", ['z', Enter, '1', Enter, Leave], "hostname=old net0/ip=10.0.0.5 zeta=71" },
        { "", ['z', Enter, 'x', Enter, Escape, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },     // refused
        { "", ['z', Enter, 'x', Enter, 0x08, '2', Enter, Leave], "hostname=old net0/ip=10.0.0.5 zeta=72" },
        { "", ['z', Delete, Leave], "hostname=old net0/ip=10.0.0.5" },
        { "", ['z', Key.Delete.Code, Leave], "hostname=old net0/ip=10.0.0.5" },
        { "", ['i', Delete, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },   // net0's, not ours
        { "", ['v', Delete, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },
        { "", [Delete, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },
        { "", [Enter, 'i', Delete, Leave], "hostname=old zeta=7" },                              // into net0
        { "net0", ['i', Enter, 0x08, '9', Enter, Leave], "hostname=old net0/ip=10.0.0.9 zeta=7" },
        { "net0", [Enter, 'z', Delete, Leave], "hostname=old net0/ip=10.0.0.5" },                     // ".."
        { "net0", [Left, 'z', Delete, Leave], "hostname=old net0/ip=10.0.0.5" },
        { "net0", [0x08, 'z', Delete, Leave], "hostname=old net0/ip=10.0.0.5" },
        { "", [Left, 'z', Delete, Leave], "hostname=old net0/ip=10.0.0.5" },
        { "", [New, 'n', 'e', 'w', Enter, '1', Enter, Leave], "hostname=old net0/ip=10.0.0.5 new=1 zeta=7" },
        { "", [New, 'q', ':', 'h', 'e', 'x', Enter, 'a', 'b', Enter, Leave],
            "hostname=old net0/ip=10.0.0.5 q=ab zeta=7" },
        { "", [New, 'q', ':', 'x', Enter, 'a', Enter, Escape, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },
        { "net0", [New, 'b', '/', 'c', Enter, '1', Enter, Leave], "b/c=1 hostname=old net0/ip=10.0.0.5 zeta=7" },
        { "net0", [New, 'c', Enter, '1', Enter, Delete, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },
        { "", [New, Enter, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },
        { "", [New, Escape, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },
        { "", [New, 'a', Enter, Escape, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },
        { "builtin", ['v', Enter, '1', Enter, Escape, Leave], "hostname=old net0/ip=10.0.0.5 zeta=7" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void KeysWalkAndChange(string scope, int[] keys, string expected)
    {
        Edit(scope, keys);
        var found = new List<string>();
        foreach (string name in (string[])["b/c", "hostname", "net0/ip", "net0/c", "new", "q", "zeta"])
        {
            if (_settings.TryFormat(name, out string text)) found.Add($"{name}={text}");
        }
        Assert.Equal(expected, string.Join(' ', found));
        Assert.False(_settings.TryFormat("builtin/1", out _));
    }

    [Fact]
    public void TheTypeStaysWhatItWas()
    {
        Edit("", 'z', Enter, '1', Enter, Leave);
        Assert.True(_settings.TryFind(SettingName.Parse("zeta"), out FoundSetting found));
        Assert.Equal(("int32", 4), (found.Type.Name, found.Value.Length));
    }

    [Fact]
    public void WhatIsRefusedIsSaid()
    {
        string alert = "", after = "";
        (int, int) colours = default;
        Watch(500, () => (alert, colours) = (Rows()[23], _console.ColoursAt(40, 23)));
        Watch(1500, () => after = Rows()[23]);
        _console.Press(100, 'z', Enter, 'x', Enter);
        _console.Press(1000, Escape, Down);
        EditUntil(2000);
        Assert.Equal("'7x' is no value of type int32", alert.Trim());
        Assert.Equal((7, 1), colours);
        Assert.Contains("Ctrl-X leaves", after);
    }

    [Fact]
    public void OnALowScreenWhatIsRefusedIsSaidAboveTheList()
    {
        _console = new FakeConsole(_clock, 40, 5);
        string alert = "", after = "";
        Watch(500, () => alert = Rows()[0]);
        Watch(1500, () => after = Rows()[0]);
        _console.Press(100, 'z', Enter, 'x', Enter);
        _console.Press(1000, Escape);
        EditUntil(2000);
        Assert.Equal("  '7x' is no value of type int32", alert);
        Assert.Equal("  zeta:int32", after);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("reverse-password")]
    public void PasswordsAreNotShown(string name)
    {
        _settings.StoreText(name, "hunter2");
        _console.Press(100, name[0], Enter, 'x', Enter);
        EditUntil(1000);
        Assert.DoesNotContain("hunter2", _console.Raw);
        Assert.Contains("*******", _console.Raw);
        Assert.True(_settings.TryFormat(name, out string text));
        Assert.Equal("hunter2x", text);
    }

    [Fact]
    public void NoValueMovesTheCursor()
    {
        _settings.StoreBytes("hostname", "a\n\u001b[2J\b\x7f"u8.ToArray(), SettingTypes.String);
        _settings.StoreBytes("odd", "123456789"u8.ToArray(), SettingTypes.Uint32);
        Edit("", 'h', 'o', Leave);
        Assert.DoesNotContain(_console.Raw, it => it < ' ' || it == '\x7f');
        Assert.Contains("a??[2J??", _console.Raw);
        Assert.Contains("313233343536373839", _console.Raw);   // not a number: its bytes
    }

    [Fact]
    public void AnAliasLeadsToTheBlockItMeans()
    {
        _settings.Register(new AliasBlock("netX", () => _settings.Root.FindChild("net0")), _settings.Root);
        string[] rows = [];
        Watch(500, () => rows = Rows());
        _console.Press(100, 'n', Enter);   // net0 is marked: the next one
        EditUntil(1000);
        Assert.Equal("Settings of net0", rows[1].Trim());
    }

    [Fact]
    public void ControlCLeavesUnlessATextIsEdited()
    {
        _console.Press(100, CtrlC);
        Assert.ThrowsAny<OperationCanceledException>(() => EditUntil(1000));
        Assert.Equal((9, 9), _console.ColoursAt(60, 4));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 4)]
    [InlineData(20, 3)]
    [InlineData(20, 8)]
    [InlineData(40, 10)]
    [InlineData(80, 25)]
    [InlineData(100, 31)]
    [InlineData(200, 60)]
    public void ItFitsEveryScreen(int columns, int rows)
    {
        _console = new FakeConsole(_clock, columns, rows);
        _settings.StoreText("hostname", new string('x', 300));
        for (int i = 0; i < 300; i++) _settings.StoreText($"free{i:d3}", $"value {i}");
        var keys = new List<int> { Enter, 'i', Enter, '1', Enter, Left, 'h', Enter, 'y', Enter, New, 'a', Enter };
        keys.AddRange([.. "long value".Select(it => (int)it), Enter, 'z', Delete, Left]);
        keys.AddRange(Enumerable.Repeat(Down, 400));
        keys.AddRange(Enumerable.Repeat(Up, 100));
        keys.AddRange([PageDown, PageUp, End, Home, PageDown, Leave]);
        bool isMarkSeen = false;
        Watch(900, () => isMarkSeen = Enumerable.Range(0, rows * columns)
            .Any(it => _console.ColoursAt(it % columns, it / columns) is (7, 1)));
        _console.Press(100, [.. keys[..^1]]);
        EditUntil(1000);
        Assert.Equal(0, _console.Scrolls);
        Assert.True(isMarkSeen || columns < 3, "the mark is not on the screen");
    }

    private string[] Rows() => [.. Enumerable.Range(0, _console.Rows).Select(_console.Row)];

    private void Watch(int atMs, Action look) => _pump.Schedule(Duration.FromMilliseconds(atMs), look);

    private void EditUntil(int atMs)
    {
        _console.Press(atMs, Leave);
        Run("");
    }

    private void Edit(string scope, params int[] keys)
    {
        _console.Press(600, keys);
        Run(scope);
    }

    private void Run(string scope)
    {
        var keyboard = new Keyboard(_console, _pump);
        _pump.Add(keyboard);
        var terminal = new ScriptTerminal(_console, keyboard);
        using Interruption interruption = terminal.BeginInterruptible();
        _pump.Run(() => terminal.EditSettingsAsync(_settings, _settings.FindBlock(scope)!, interruption.Token));
    }
}
