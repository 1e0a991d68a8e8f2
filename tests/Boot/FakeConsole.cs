using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Boot;
using Bootlace.Net;

namespace Bootlace.Tests.Boot;

/// <summary>A screen that is remembered and a keyboard on which keys are pressed at set times.</summary>
public sealed class FakeConsole(IClock clock) : IConsole
{
    private const int PollsMax = 200_000;   // about an hour: whoever waits longer waits for ever

    private readonly Queue<(Instant At, Key Key)> _keys = new();
    private readonly StringBuilder _written = new();
    private readonly Instant _start = clock.Now;
    private int _polls;

    public int Columns => 80;
    public int Rows => 25;

    /// <summary>Everything written, as it was.</summary>
    public string Raw => _written.ToString();

    /// <summary>What a screen without an upper end shows: \r and \b obeyed.</summary>
    public string Screen
    {
        get
        {
            var lines = new List<StringBuilder> { new() };
            int column = 0;
            foreach (char c in Raw)
            {
                if (c == '\r') column = 0;
                else if (c == '\b') column = Math.Max(0, column - 1);
                else if (c == '\n')
                {
                    lines.Add(new StringBuilder());
                    column = 0;
                }
                else
                {
                    StringBuilder line = lines[^1];
                    while (line.Length <= column) line.Append(' ');
                    line[column++] = c;
                }
            }
            return string.Join('\n', lines.ConvertAll(line => line.ToString().TrimEnd()));
        }
    }

    public void Press(int atMs, params int[] keys)
    {
        foreach (int key in keys) _keys.Enqueue((_start + Duration.FromMilliseconds(atMs), new Key(key)));
    }

    public void Type(int atMs, string text)
    {
        foreach (char c in text) Press(atMs, c == '\n' ? 0x0d : c);
    }

    public void Write(ReadOnlySpan<char> text) => _written.Append(text);

    public bool TryReadKey(out Key key)
    {
        if (++_polls > PollsMax) throw new InvalidOperationException("something waits for ever:\n" + Raw);
        key = default;
        if (_keys.Count == 0 || _keys.Peek().At > clock.Now) return false;
        key = _keys.Dequeue().Key;
        return true;
    }

    public void MoveTo(int column, int row) => _written.Append($"<at {column},{row}>");

    public void SetColours(int foreground, int background, bool bright) =>
        _written.Append($"<{foreground},{background}{(bright ? ",bright" : "")}>");

    public void Clear() => _written.Append("<clear>");

    public void ShowCursor(bool visible)
    {
    }
}
