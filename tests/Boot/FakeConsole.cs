using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Boot;

/// <summary>A screen that is remembered and a keyboard on which keys are pressed at set times.</summary>
public sealed class FakeConsole(IClock clock, int columns = 80, int rows = 25) : IConsole
{
    private const int PollsMax = 4_000_000;   // about an hour: whoever waits longer waits for ever

    private readonly Queue<(Instant At, Key Key)> _keys = new();
    private readonly StringBuilder _written = new();
    private readonly Instant _start = clock.Now;
    private readonly (char Char, int Foreground, int Background)[,] _cells = new (char, int, int)[rows, columns];
    private (int Column, int Row) _cursor;
    private (int Foreground, int Background) _colours = (9, 9);
    private bool _isCursorVisible = true;
    private int _polls;

    public int Columns { get; } = columns;
    public int Rows { get; } = rows;

    public (int Column, int Row) Cursor => _cursor;

    /// <summary>How often it scrolled.</summary>
    public int Scrolls { get; private set; }

    /// <summary>A row as a screen of that size shows it.</summary>
    public string Row(int row)
    {
        var text = new StringBuilder();
        for (int i = 0; i < Columns; i++) text.Append(_cells[row, i].Char == 0 ? ' ' : _cells[row, i].Char);
        return text.ToString().TrimEnd();
    }

    /// <summary>The colours of a place on it.</summary>
    public (int Foreground, int Background) ColoursAt(int column, int row) =>
        (_cells[row, column].Foreground, _cells[row, column].Background);

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

    public void Write(ReadOnlySpan<char> text)
    {
        _written.Append(text);
        foreach (char c in text) Show(c);
    }

    public bool TryReadKey(out Key key)
    {
        if (++_polls > PollsMax)
            throw new InvalidOperationException("something waits for ever:\n" + Raw[^int.Min(Raw.Length, 2000)..]);
        key = default;
        if (_keys.Count == 0 || _keys.Peek().At > clock.Now) return false;
        key = _keys.Dequeue().Key;
        return true;
    }

    public void MoveTo(int column, int row)
    {
        _written.Append($"<at {column},{row}>");
        _cursor = (Math.Clamp(column, 0, Columns - 1), Math.Clamp(row, 0, Rows - 1));
    }

    public void SetColours(Colour foreground, Colour background, bool bright)
    {
        _written.Append($"<{Describe(foreground)},{Describe(background)}{(bright ? ",bright" : "")}>");
        _colours = (foreground.Basic, background.Basic);
    }

    public void Clear()
    {
        _written.Append("<clear>");
        for (int row = 0; row < Rows; row++)
            for (int column = 0; column < Columns; column++)
                _cells[row, column] = (' ', _colours.Foreground, _colours.Background);
        _cursor = default;
    }

    public void ShowCursor(bool visible)
    {
        if (visible != _isCursorVisible) _written.Append(visible ? "<shown>" : "<hidden>");
        _isCursorVisible = visible;
    }

    private static string Describe(Colour colour) =>
        colour.Rgb is { } exact ? $"{colour.Basic}#{exact:x6}" : $"{colour.Basic}";

    private void Show(char c)
    {
        if (c == '\r') _cursor.Column = 0;
        else if (c == '\b') _cursor.Column = Math.Max(0, _cursor.Column - 1);
        else if (c == '\n') NextRow();
        else
        {
            _cells[_cursor.Row, _cursor.Column] = (c, _colours.Foreground, _colours.Background);
            if (++_cursor.Column == Columns) NextRow();
        }
    }

    private void NextRow()
    {
        _cursor.Column = 0;
        if (++_cursor.Row < Rows) return;
        _cursor.Row = Rows - 1;
        Scrolls++;
        for (int row = 0; row < Rows; row++)
            for (int column = 0; column < Columns; column++)
                _cells[row, column] = row + 1 < Rows ? _cells[row + 1, column] : default;
    }
}
