using System;

namespace Bootlace.Boot;

/// <summary>Turns the escape sequences that scripts print into calls of the console: EDK2 shows them as question marks.
/// Known are colours (SGR), clearing and moving the cursor; all others are swallowed.</summary>
internal sealed class AnsiConsole(IConsole console)
{
    private const int ParametersMax = 8;
    private const int Missing = -1;
    private const char Escape = '\x1b';

    private enum Phase
    {
        Text,
        Escaped,
        Sequence,
    }

    private readonly int[] _parameters = new int[ParametersMax];
    private readonly GraphicRendition _rendition = new();
    private Phase _phase;
    private int _parameterIndex;
    private bool _isPrivate;
    private (int Column, int Row) _saved;

    /// <summary>Writes text with sequences in it; one may be split between two calls.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (_phase == Phase.Text && text[i] != Escape) continue;
            if (_phase == Phase.Text && i > start) console.Write(text.Slice(start, i - start));
            Take(text[i]);
            start = i + 1;
        }
        if (start < text.Length) console.Write(text.Slice(start));
    }

    private void Take(char c)
    {
        switch (_phase)
        {
            case Phase.Text:
                _phase = Phase.Escaped;
                break;
            case Phase.Escaped:
                _phase = c == '[' ? Phase.Sequence : Phase.Text;
                _parameterIndex = 0;
                _isPrivate = false;
                _parameters.AsSpan().Fill(Missing);
                if (c == '7') _saved = console.Cursor;
                else if (c == '8') console.MoveTo(_saved.Column, _saved.Row);
                break;
            case Phase.Sequence:
                TakeParameter(c);
                break;
        }
    }

    private void TakeParameter(char c)
    {
        ref int parameter = ref _parameters[_parameterIndex];
        if (char.IsAsciiDigit(c)) parameter = int.Min(int.Max(parameter, 0) * 10 + (c - '0'), 9999);
        else if (c == ';') _parameterIndex = int.Min(_parameterIndex + 1, ParametersMax - 1);
        else if (c == '?') _isPrivate = true;
        else if (c is >= '@' and <= '~')
        {
            _phase = Phase.Text;
            Apply(c);
        }
    }

    /// <summary>Numbers as in ECMA-48, 8.3.</summary>
    private void Apply(char final)
    {
        (int column, int row) = console.Cursor;
        int count = int.Max(1, _parameters[0]);
        if (_isPrivate && final is not ('h' or 'l')) return;
        switch (final)
        {
            case 'm': SetGraphics(); break;
            case 'J': ClearScreen(_parameters[0], column, row); break;
            case 'K': ClearRow(int.Max(0, _parameters[0]), column); break;
            case 'A': console.MoveTo(column, int.Max(0, row - count)); break;
            case 'B' or 'e': console.MoveTo(column, row + count); break;
            case 'C' or 'a': console.MoveTo(column + count, row); break;
            case 'D': MoveLeft(int.Min(count, column)); break;
            case 'E': console.MoveTo(0, row + count); break;
            case 'F': console.MoveTo(0, int.Max(0, row - count)); break;
            case 'G' or '`': console.MoveTo(count - 1, row); break;
            case 'd': console.MoveTo(column, count - 1); break;
            case 'H' or 'f': console.MoveTo(int.Max(1, _parameters[1]) - 1, count - 1); break;
            case 's': _saved = console.Cursor; break;
            case 'u': console.MoveTo(_saved.Column, _saved.Row); break;
            case 'h' or 'l' when _isPrivate && _parameters[0] == 25: console.ShowCursor(final == 'h'); break;
        }
    }

    private void SetGraphics()
    {
        _rendition.Apply(_parameters.AsSpan(0, _parameterIndex + 1));
        console.SetColours(_rendition.Foreground, _rendition.Background, _rendition.IsBright);
    }

    /// <summary>Without a number all of it, as iPXE does and scripts expect, where a terminal would begin at the
    /// cursor.</summary>
    private void ClearScreen(int part, int column, int row)
    {
        if (part is not (0 or 1))
        {
            console.Clear();
            return;
        }
        ClearRow(part, column);
        (int from, int to) = part == 0 ? (row + 1, console.Rows) : (0, row);
        for (int i = from; i < to; i++)
        {
            console.MoveTo(0, i);
            // Whoever writes into the last column of the last row makes the screen scroll.
            console.Write(Blanks(i == console.Rows - 1 ? console.Columns - 1 : console.Columns));
        }
        console.MoveTo(column, row);
    }

    /// <summary>Writes blanks, and gets back without naming the row, which not every firmware knows.</summary>
    private void ClearRow(int part, int column)
    {
        int room = console.Columns - 1;
        if (part == 0) console.Write(Blanks(room - column) + new string('\b', int.Max(0, room - column)));
        else if (part == 1) console.Write("\r" + Blanks(int.Min(column + 1, room)) + (column < room ? "\b" : ""));
        else if (part == 2) console.Write("\r" + Blanks(room) + "\r" + Blanks(column));
    }

    private void MoveLeft(int count) => console.Write(new string('\b', count));

    private static string Blanks(int count) => new(' ', int.Max(0, count));
}
