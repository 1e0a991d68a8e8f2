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
    private int _shownLength, _shownCursor;

    /// <summary>Begins with <paramref name="preset"/>, the cursor at its end; up and down walk through
    /// <paramref name="history"/>, the newest last.</summary>
    public LineEditor(string preset, IReadOnlyList<string> history)
    {
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

    /// <summary>What to write so that the screen shows the line: back to its start, the text, blanks over what was
    /// longer, back to the cursor.</summary>
    public string Redraw()
    {
        var drawing = new StringBuilder();
        drawing.Append('\b', _shownCursor).Append(Text);
        int blanks = int.Max(0, _shownLength - _text.Length);
        drawing.Append(' ', blanks).Append('\b', blanks + _text.Length - _cursor);
        _shownLength = _text.Length;
        _shownCursor = _cursor;
        return drawing.ToString();
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
