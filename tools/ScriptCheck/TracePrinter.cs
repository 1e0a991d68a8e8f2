using System.Collections.Generic;
using System.IO;
using System.Linq;
using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>Prints a trace: one line a command, and below it, indented, what comes of it.</summary>
internal sealed class TracePrinter(TextWriter output, int commandsMax) : IScriptTrace
{
    private const string Indent = "        ";

    private readonly Stack<string> _names = new();
    private bool _isMidLine;
    private int _count;

    /// <summary>Whose commands these are; told by the machine that runs them.</summary>
    public Interpreter? Interpreter { get; set; }

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<string> words)
    {
        if (++_count > commandsMax)
            throw new TraceEnd($"{commandsMax} commands have run; the trace stops here", isSuccess: false);
        ScriptFrame? frame = Interpreter?.Frame;
        string place = frame?.Source is { } source ? $"{source.Name}:{frame.LineNumber}" : "(shell)";
        Line($"{place}: {string.Join(' ', words.Select(Mark))}");
        _names.Push(words[0]);
    }

    /// <inheritdoc/>
    public void End(Status status)
    {
        string name = _names.Count > 0 ? _names.Pop() : "the line";
        if (status.IsSuccess) return;
        string why = status.Untold is { } kind ? $": {kind.Sentence}" : "";
        Line($"{Indent}-> {name} fails, {status.Code:x8}{why}");
    }

    /// <summary>What the machine does for a command.</summary>
    public void Say(string deed) => Line($"{Indent}({deed})");

    /// <summary>What the script shows to the user.</summary>
    public void Show(string text)
    {
        foreach (char c in Printable(text))
        {
            if (!_isMidLine) output.Write($"{Indent}| ");
            output.Write(c);
            _isMidLine = c != '\n';
        }
    }

    /// <summary>Prints a line of its own.</summary>
    public void Line(string text)
    {
        if (_isMidLine) output.WriteLine();
        _isMidLine = false;
        output.WriteLine(Printable(text));
    }

    /// <summary>A value may be empty, or hold blanks; it is one word all the same.</summary>
    private static string Mark(string word) => word.Length == 0 || word.Contains(' ') ? $"[{word}]" : word;

    /// <summary>A trace is no screen: what would move a cursor is shown.</summary>
    private static string Printable(string text) => ByteText.ToUnicode(text).Replace("\e", "<ESC>");
}
