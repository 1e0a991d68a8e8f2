using System;
using System.Collections.Generic;
using System.Text;

namespace Bootlace.Boot;

/// <summary>A line being edited: text, cursor, and the keys that change them (spec/ipxe-compat.md 1.10). It only
/// computes;
/// <see cref="Redraw"/> gives what to write.</summary>
public sealed class LineEditor
{
    private const int LengthMax = 4096;

    private readonly StringBuilder _text;
    private readonly IReadOnlyList<string> _history;
    private string _unfinished = "";
    private int _cursor;
    private int _historyIndex;   // _history.Count: the line being written
    private readonly int _roomBelow;
    private int _room;          // how much of it is shown at once
    private string _shown = "";
    private int _shownCursor;   // in it
    private int _left;          // of what is shown, in the text

    /// <summary>Begins with <paramref name="preset"/>, the cursor at its end; up and down walk through
    /// <paramref name="history"/>, the newest last.</summary>
    /// <param name="preset">The text at first.</param>
    /// <param name="history">Earlier lines.</param>
    /// <param name="column">Where on the screen it begins.</param>
    /// <param name="columns">How wide the screen is. Nothing is written into its last column: not every console gets
    /// back from there. A longer text goes on in the next row, and one that is edited moves along in its row.</param>
    public LineEditor(string preset, IReadOnlyList<string> history, int column = 0, int columns = int.MaxValue)
    {
        _room = int.Max(1, columns - 1 - column);
        _roomBelow = int.Max(1, columns - 1);
        _text = new StringBuilder(preset);
        _history = history;
        _historyIndex = history.Count;
        _cursor = preset.Length;
    }

    /// <summary>The text so far.</summary>
    public string Text => _text.ToString();

    /// <summary>Where the cursor stands in it.</summary>
    public int Cursor => _cursor;

    /// <summary>Applies a key; unknown ones do nothing.</summary>
    public void Type(Key key)
    {
        switch (key.Code)
        {
            case 0x01: _cursor = 0; break;                                    // Ctrl-A
            case 0x02: MoveCursor(-1); break;                                 // Ctrl-B
            case 0x03: Replace(""); break;                                    // Ctrl-C
            case 0x04: Delete(_cursor, 1); break;                             // Ctrl-D
            case 0x05: _cursor = _text.Length; break;                         // Ctrl-E
            case 0x06: MoveCursor(1); break;                                  // Ctrl-F
            case 0x08 or 0x7f: Delete(_cursor - 1, 1); break;                 // Ctrl-H, backspace
            case 0x0b: Delete(_cursor, _text.Length - _cursor); break;        // Ctrl-K
            case 0x15: Delete(0, _cursor); break;                             // Ctrl-U
            case 0x17: DeleteWord(); break;                                   // Ctrl-W
            default: TypeOther(key); break;
        }
    }

    /// <summary>Puts a text in at the cursor.</summary>
    public void Insert(string text)
    {
        if (text.Length > LengthMax - _text.Length) return;
        _text.Insert(_cursor, text);
        _cursor += text.Length;
    }

    /// <summary>The line is drawn anew from <paramref name="column"/> on: something else was written.</summary>
    public void BeginAnew(int column, int columns)
    {
        _room = int.Max(1, columns - 1 - column);
        (_shown, _shownCursor, _left) = ("", 0, 0);
    }

    /// <summary>What to write so that the screen shows the line: as little as can be, since a serial line is slow.
    /// </summary>
    public string Redraw()
    {
        string text = Text;
        var drawing = new StringBuilder();
        BreakRows(text, drawing);
        if (_cursor < _left) _left = int.Max(0, _cursor - _room / 4);
        else if (_cursor - _left > _room) _left = _cursor - _room * 3 / 4;
        string line = text.Substring(_left, int.Min(_room, text.Length - _left));
        int cursor = _cursor - _left, same = 0;
        while (same < line.Length && same < _shown.Length && line[same] == _shown[same]) same++;

        int at = _shownCursor;
        if (same < line.Length || same < _shown.Length)
        {
            at = Move(drawing, line, at, same);
            drawing.Append(line, at, line.Length - at).Append(' ', int.Max(0, _shown.Length - line.Length));
            at = int.Max(line.Length, _shown.Length);
        }
        Move(drawing, line, at, cursor);
        (_shown, _shownCursor) = (line, cursor);
        return drawing.ToString();
    }

    /// <summary>Goes on in the next row while only the end grows.</summary>
    private void BreakRows(string text, StringBuilder drawing)
    {
        while (_cursor == text.Length && text.Length - _left > _room && _shownCursor == _shown.Length
            && text.AsSpan(_left).StartsWith(_shown))
        {
            drawing.Append(text, _left + _shown.Length, _room - _shown.Length).Append('\n');
            _left += _room;
            (_room, _shown, _shownCursor) = (_roomBelow, "", 0);
        }
    }

    /// <summary>Moves the cursor: to the right by writing what is there.</summary>
    private static int Move(StringBuilder drawing, string line, int from, int to)
    {
        if (to > from) drawing.Append(line, from, to - from);
        else drawing.Append('\b', from - to);
        return to;
    }

    private void TypeOther(Key key)
    {
        if (key == Key.Left) MoveCursor(-1);
        else if (key == Key.Right) MoveCursor(1);
        else if (key == Key.Home) _cursor = 0;
        else if (key == Key.End) _cursor = _text.Length;
        else if (key == Key.Delete) Delete(_cursor, 1);
        else if (key == Key.Up) WalkHistory(-1);
        else if (key == Key.Down) WalkHistory(1);
        else if (key.IsPrintable && key.Code <= char.MaxValue && _text.Length < LengthMax)
        {
            _text.Insert(_cursor, ((char)key.Code).ToString());
            _cursor++;
        }
    }

    private void MoveCursor(int step) => _cursor = int.Clamp(_cursor + step, 0, _text.Length);

    private void Delete(int start, int count)
    {
        if (start < 0 || count <= 0 || start >= _text.Length) return;
        _text.Remove(start, count);
        if (_cursor > start) _cursor = start;
    }

    private void DeleteWord()
    {
        int start = _cursor;
        while (start > 0 && _text[start - 1] == ' ') start--;
        while (start > 0 && _text[start - 1] != ' ') start--;
        int count = _cursor - start;
        if (count == 0) return;
        _text.Remove(start, count);
        _cursor = start;
    }

    private void WalkHistory(int step)
    {
        int index = _historyIndex + step;
        if (index < 0 || index > _history.Count) return;
        if (_historyIndex == _history.Count) _unfinished = Text;
        _historyIndex = index;
        Replace(index == _history.Count ? _unfinished : _history[index]);
    }

    private void Replace(string text)
    {
        _text.Clear();
        _text.Append(text);
        _cursor = text.Length;
    }
}
