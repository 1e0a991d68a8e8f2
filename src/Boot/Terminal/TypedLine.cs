using System.Collections.Generic;
using System.Text;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>A line on the screen while the user types it: editing, and completing with Tab.</summary>
internal sealed class TypedLine
{
    private const int Tab = 0x09, WordsShownMax = 200, Gap = 2;

    private readonly IConsole _console;
    private readonly LineRequest _request;
    private readonly LineEditor _editor;

    /// <summary>Begins behind the prompt, which is on the screen already.</summary>
    public TypedLine(IConsole console, LineRequest request, IReadOnlyList<string> history)
    {
        (_console, _request) = (console, request);
        _editor = new LineEditor(
            ByteText.ToUnicode(request.Preset), history, console.Cursor.Column, console.Columns);
    }

    /// <summary>Enter was pressed.</summary>
    public bool IsDone { get; private set; }

    /// <summary>What was typed.</summary>
    public string Text => _editor.Text;

    /// <summary>Takes a key.</summary>
    public void Type(Key key)
    {
        if (key.Code is 0x0d or 0x0a) IsDone = true;
        else if (key.Code == Tab) Complete();
        else _editor.Type(key);
    }

    /// <summary>Brings the screen up to date.</summary>
    public void Show() => _console.Write(_editor.Redraw());

    /// <summary>Writes what is certain; if nothing is, shows what there is.</summary>
    private void Complete()
    {
        if (_request.Complete is null) return;
        Completion found = _request.Complete(ByteText.FromUnicode(_editor.Text.Substring(0, _editor.Cursor)));
        string addition = ByteText.ToUnicode(found.Addition);
        if (addition.Length > 0) _editor.Insert(addition);
        else if (found.Words.Count > 1) List(found.Words);
    }

    private void List(IReadOnlyList<string> words)
    {
        _console.Write(_editor.Redraw());   // it stays above them
        var text = new StringBuilder("\n");
        if (words.Count > WordsShownMax) text.Append($"{words.Count} possibilities");
        else AddColumns(text, words);
        text.Append('\n').Append(_request.Prompt);
        _console.Write(text.ToString());
        _editor.BeginAnew(_console.Cursor.Column, _console.Columns);
    }

    private void AddColumns(StringBuilder text, IReadOnlyList<string> words)
    {
        int widest = 1;
        foreach (string word in words) widest = int.Max(widest, ByteText.ToUnicode(word).Length);
        int columns = int.Max(1, (_console.Columns - 1) / (widest + Gap));
        for (int i = 0; i < words.Count; i++)
        {
            string word = ByteText.ToUnicode(words[i]);
            bool isLast = i % columns == columns - 1 || i == words.Count - 1;
            text.Append(isLast ? word : word.PadRight(widest + Gap));
            if (isLast && i < words.Count - 1) text.Append('\n');
        }
    }
}
