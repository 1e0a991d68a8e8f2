using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects menus on the screen (spec/ipxe-compat.md 2.3): what is seen, and what each key does.</summary>
public class MenuScreenTests
{
    private const int Enter = 0x0d, Escape = 0x1b;
    private static readonly int Up = Key.Up.Code, Down = Key.Down.Code, PageUp = Key.PageUp.Code,
        PageDown = Key.PageDown.Code, Home = Key.Home.Code, End = Key.End.Code;

    private readonly ManualClock _clock = new();
    private readonly FakeConsole _console;
    private readonly Pump _pump;
    private readonly Instant _start;
    private readonly Menu _menu = new("Boot menu");

    public MenuScreenTests()
    {
        _console = new FakeConsole(_clock);
        _pump = new Pump(_clock);
        _start = _clock.Now;
    }

    public static TheoryData<int[], string> Walks => new()
    {
        { [Enter], "a" },
        { [Down, Enter], "b" },
        { [Down, Down, Enter], "c" },
        { [Down, Down, Down, Enter], "c" },
        { [Up, Enter], "a" },
        { [End, Enter], "c" },
        { [End, Up, Enter], "b" },
        { [End, Home, Enter], "a" },
        { [PageDown, Enter], "c" },
        { [PageDown, PageUp, Enter], "a" },
        { ['x'], "b" },
        { ['y', Enter], "c" },
        { [End, 'x'], "b" },
        { ['q', Key.Left.Code, Enter], "a" },
        { ['\n'], "a" },
        { [Escape], "" },
        { [Down, Escape], "" },
        { [Escape, '[', 'B', Enter], "b" },                       // as EDK2 hands over what it does not know
        { [Escape, '[', '6', '~', Escape, '[', '5', '~', Enter], "a" },
        { [Escape, 'x'], "" },
    };

    [Theory]
    [MemberData(nameof(Walks))]
    public void KeysMoveTheMarkOverSeparatorsAndChoose(int[] keys, string chosen)
    {
        Add(null, "---- top");
        Add("a", "First");
        Add(null, "");
        Add("b", "Second", 'x');
        Add(null, "more", 'y');
        Add("c", "Third");
        Add(null, "end");
        _console.Press(100, keys);
        Assert.Equal(chosen, Choose(start: 1) ?? "");
    }

    [Fact]
    public void TheScreenShowsTitleItemsAndMark()
    {
        Add(null, "---- top");
        Add("a", "First");
        Add("b", "Second");
        string[] rows = [];
        (int, int)[] colours = [];
        Watch(atMs: 500, () =>
        {
            rows = [.. Enumerable.Range(0, 25).Select(_console.Row)];
            colours = [.. Enumerable.Range(3, 3).Select(it => _console.ColoursAt(40, it))];
        });
        _console.Press(1000, Down, Enter);
        Assert.Equal("b", Choose(start: 1));
        Assert.Equal(new string(' ', 35) + "Boot menu", rows[1]);
        Assert.Equal(["  ---- top", "  First", "  Second"], rows[3..6]);
        Assert.Equal([(6, 4), (7, 1), (7, 4)], colours);
        Assert.All(rows[6..], row => Assert.Equal("", row));
        Assert.Equal(0, _console.Scrolls);
        Assert.Equal((9, 9), _console.ColoursAt(40, 4));   // nothing of it is left
    }

    [Fact]
    public void TheCountIsShownAndEndsWithAChoice()
    {
        Add("a", "First");
        Add("b", "Second");
        string early = "", late = "";
        Watch(atMs: 500, () => early = _console.Row(3));
        Watch(atMs: 1600, () => late = _console.Row(3));
        Assert.Equal("a", Choose(timeoutMs: 2500));
        Assert.EndsWith("(3)", early);
        Assert.EndsWith("(1)", late);
        Assert.Equal(2500, Elapsed);
    }

    [Theory]
    [InlineData(0, "b", 60_000)]
    [InlineData(700, "b", 1700)]
    public void AKeySetsTheCountAnew(long retimeoutMs, string chosen, int endMs)
    {
        Add("a", "First");
        Add("b", "Second");
        _console.Press(1000, Down);
        _console.Press(60_000, Enter);
        Assert.Equal(chosen, Choose(timeoutMs: 2500, retimeoutMs: retimeoutMs));
        Assert.InRange(Elapsed, endMs, endMs + 20);
    }

    [Theory]
    [InlineData(80, 25)]
    [InlineData(40, 10)]
    [InlineData(5, 4)]
    [InlineData(1, 1)]
    public void ALongMenuScrollsOnAnyScreen(int columns, int rows)
    {
        var console = new FakeConsole(_clock, columns, rows);
        for (int i = 0; i < 100; i++) Add(i % 7 == 3 ? null : $"item{i}", $"The item with number {i} and a long text");
        for (int i = 0; i < 200; i++) console.Press(100 + i, Down);
        for (int i = 0; i < 50; i++) console.Press(400 + i, Up);
        console.Press(500, PageUp, PageDown, Home, End, PageUp, PageUp, Enter);
        Assert.NotNull(Choose(console: console));
        if (rows > 1) Assert.Equal(0, console.Scrolls);
    }

    [Fact]
    public void TheMarkedItemOfALongMenuIsSeen()
    {
        for (int i = 0; i < 100; i++) Add($"item{i}", $"Item {i}");
        string[] rows = [];
        Watch(atMs: 500, () => rows = [.. Enumerable.Range(0, 25).Select(_console.Row)]);
        _console.Press(1000, Enter);
        Assert.Equal("item60", Choose(start: 60));
        Assert.Contains("  Item 60", rows);
        Assert.Equal(" ...", rows[2]);
        Assert.Equal("...", rows[23].Trim());
    }

    [Fact]
    public void ControlCCancels()
    {
        Add("a", "First");
        _console.Press(500, 3);
        Assert.ThrowsAny<OperationCanceledException>(() => Choose());
        Assert.Equal((9, 9), _console.ColoursAt(40, 4));
    }

    private void Add(string? name, string text, int key = 0) => _menu.Add(new MenuItem(name, text, key));

    private long Elapsed => (_clock.Now - _start).Microseconds / 1000;

    private void Watch(int atMs, Action look) => _pump.Schedule(Duration.FromMilliseconds(atMs), look);

    private string? Choose(int start = 0, long timeoutMs = 0, long retimeoutMs = 0, FakeConsole? console = null)
    {
        var keyboard = new Keyboard(console ?? _console, _pump);
        _pump.Add(keyboard);
        var terminal = new ScriptTerminal(console ?? _console, keyboard);
        using Interruption interruption = terminal.BeginInterruptible();
        CancellationToken stop = interruption.Token;
        return _pump.Run<MenuItem?>(
            () => terminal.ChooseAsync(new MenuRequest(_menu, start, timeoutMs, retimeoutMs), stop))?.Name;
    }
}
