using System.Collections.Generic;
using System.Linq;
using Bootlace.Boot;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects line editing at the prompt (spec/ipxe-compat.md 1.10): each key, and that the screen shows the
/// line.
/// </summary>
public class LineEditorTests
{
    private static readonly Dictionary<string, Key> Names = new()
    {
        ["<left>"] = Key.Left, ["<right>"] = Key.Right, ["<up>"] = Key.Up, ["<down>"] = Key.Down, ["<home>"] = Key.Home,
        ["<end>"] = Key.End, ["<del>"] = Key.Delete, ["<bs>"] = Key.Backspace, ["<a>"] = new(1), ["<b>"] = new(2),
        ["<c>"] = new(3), ["<d>"] = new(4), ["<e>"] = new(5), ["<f>"] = new(6), ["<k>"] = new(11), ["<u>"] = new(21),
        ["<w>"] = new(23), ["<f5>"] = new(0x11107e), ["<esc>"] = Key.Escape, ["<7f>"] = new(0x7f),
    };

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("ac<left>b", "abc")]
    [InlineData("bc<a>a", "abc")]
    [InlineData("bc<home>a<end>d", "abcd")]
    [InlineData("bc<home>a<e>d", "abcd")]
    [InlineData("abx<bs>c", "abc")]
    [InlineData("abx<7f>c", "abc")]
    [InlineData("<bs><del><d><left><w><k><u>a", "a")]
    [InlineData("axb<left><left><d>", "ab")]
    [InlineData("axb<b><b><del>", "ab")]
    [InlineData("ab<left><left><right>x", "axb")]
    [InlineData("ab<left><left><f>x", "axb")]
    [InlineData("abcd<left><left><k>", "ab")]
    [InlineData("abcd<left><left><u>", "cd")]
    [InlineData("one two  <w>x", "one x")]
    [InlineData("one two<left><left><w>", "one wo")]
    [InlineData("abc<c>x", "x")]
    [InlineData("a<f5><esc>b", "ab")]
    [InlineData("<right><right><left><left>a", "a")]
    [InlineData("<up>", "newest")]
    [InlineData("<up><up>", "oldest")]
    [InlineData("<up><up><up>", "oldest")]
    [InlineData("draft<up><down>", "draft")]
    [InlineData("draft<up><up><down>!", "newest!")]
    [InlineData("<down>x", "x")]
    [InlineData("é☃", "é☃")]
    public void KeysEditTheLineAndTheScreenShowsIt(string keys, string expected)
    {
        var editor = new LineEditor("", ["oldest", "newest"]);
        var console = new FakeConsole(new Support.ManualClock());
        console.Write("iPXE> ");
        for (int at = 0; at < keys.Length;)
        {
            Key key = new(keys[at]);
            int length = 1;
            foreach ((string name, Key named) in Names)
            {
                if (string.CompareOrdinal(keys, at, name, 0, name.Length) != 0) continue;
                (key, length) = (named, name.Length);
            }
            at += length;
            editor.Type(key);
            console.Write(editor.Redraw());
            Assert.Equal(("iPXE> " + editor.Text).TrimEnd(), console.Screen);
        }
        Assert.Equal(expected, editor.Text);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3)]
    [InlineData(1)]
    public void ALongLineMovesAlongWithinItsRoom(int room)
    {
        var editor = new LineEditor("preset", ["a long line of the history"], 6, 7 + room);
        var console = new FakeConsole(new Support.ManualClock(), 6 + room + 1, 25);
        console.Write("iPXE> ");
        console.Write(editor.Redraw());
        Key[] keys =
        [
            .. "abcdefghijklmnopqrstuvwxyz".Select(it => new Key(it)), Key.Home, new('1'), Key.End, new('2'),
            .. Enumerable.Repeat(Key.Left, 30), new('3'), Key.Delete, Key.Backspace, Key.Up, Key.Home, Key.Right,
            Key.Down, new(0x15),
        ];
        foreach (Key key in keys)
        {
            editor.Type(key);
            console.Write(editor.Redraw());
            int start = console.Cursor.Row == 0 ? 6 : 0;
            string shown = console.Row(console.Cursor.Row).PadRight(6)[start..].TrimEnd();
            Assert.Contains(shown, editor.Text);
            string before = shown[..int.Min(shown.Length, console.Cursor.Column - start)];
            Assert.EndsWith(before, editor.Text[..editor.Cursor]);
        }
        Assert.Equal("", console.Row(console.Cursor.Row));
    }

    [Fact]
    public void OnlyWhatChangesIsDrawn()
    {
        var editor = new LineEditor("one two", []);
        Assert.Equal("one two", editor.Redraw());
        editor.Type(new Key('!'));
        Assert.Equal("!", editor.Redraw());
        editor.Type(Key.Left);
        Assert.Equal("\b", editor.Redraw());
        editor.Type(Key.Backspace);
        Assert.Equal("\b! \b\b", editor.Redraw());
    }

    [Fact]
    public void ALineHasALimit()
    {
        var editor = new LineEditor("", []);
        for (int i = 0; i < 10_000; i++) editor.Type(new Key('x'));
        Assert.Equal(4096, editor.Text.Length);
    }
}
