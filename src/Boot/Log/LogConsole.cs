using System;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>A console that tells of each whole line that is written to it. Of a line that is drawn again and again only
/// the last drawing counts. What is typed does not pass here: it may be a password.</summary>
/// <param name="screen">The console behind it, for what is not to be told of.</param>
public sealed class LogConsole(IConsole screen) : IConsole
{
    private const int CharactersMax = 480;

    private readonly StringBuilder _line = new();
    private bool _isInLine;

    /// <summary>The console behind it.</summary>
    public IConsole Screen => screen;

    /// <summary>The last of what was written.</summary>
    public ScreenMemory Memory { get; } = new();

    /// <summary>Gets each line, without its end.</summary>
    public Action<string>? LineWritten { get; set; }

    /// <inheritdoc/>
    public int Columns => screen.Columns;

    /// <inheritdoc/>
    public int Rows => screen.Rows;

    /// <inheritdoc/>
    public (int Column, int Row) Cursor => screen.Cursor;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<char> text)
    {
        screen.Write(text);
        Memory.Append(text);
        if (text.Length > 0) _isInLine = text[^1] != '\n';
        if (LineWritten is null) return;
        foreach (char letter in text)
        {
            if (letter == '\n') EndLine();
            else if (letter == '\r') _line.Clear();
            else if (letter == '\b') _line.Length = int.Max(0, _line.Length - 1);
            else if (_line.Length < CharactersMax) _line.Append(letter is < ' ' or '\x7f' ? '?' : letter);
        }
    }

    /// <summary>Writes a line of its own: somebody may be in the middle of one, and draws it again when it
    /// changes.</summary>
    public void Note(string line) => Write(_isInLine ? "\n" + line : line);

    /// <inheritdoc/>
    public bool TryReadKey(out Key key) => screen.TryReadKey(out key);

    /// <inheritdoc/>
    public void MoveTo(int column, int row) => screen.MoveTo(column, row);

    /// <inheritdoc/>
    public void SetColours(Colour foreground, Colour background, bool bright) =>
        screen.SetColours(foreground, background, bright);

    /// <inheritdoc/>
    public void Clear() => screen.Clear();

    /// <inheritdoc/>
    public void ShowCursor(bool visible) => screen.ShowCursor(visible);

    private void EndLine()
    {
        string line = _line.ToString().TrimEnd();
        _line.Clear();
        if (line.Length > 0) LineWritten?.Invoke(line);
    }
}
