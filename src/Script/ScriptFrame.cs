namespace Bootlace.Script;

/// <summary>One level of running: a script with its position, or the shell, which has neither lines nor
/// labels.</summary>
public sealed class ScriptFrame(ScriptSource? source)
{
    private int _next;

    /// <summary>The script; null for lines typed or given.</summary>
    public ScriptSource? Source { get; } = source;

    /// <summary>Where the current line begins in the script, from 1; 0 before the first, and in the shell.</summary>
    public int LineNumber { get; private set; }

    /// <summary>The rest of the current line is not run: <c>goto</c> or <c>exit</c> was.</summary>
    public bool IsLineAbandoned { get; private set; }

    /// <summary>What <c>exit</c> said; null: it has not been run.</summary>
    public Status? Exit { get; private set; }

    /// <summary>The image that <c>chain --replace</c> put in this script's place, or null.</summary>
    public IImage? Replacement { get; private set; }

    /// <summary>Takes the next line to run; false at the end.</summary>
    public bool TryNext(out ScriptLine line)
    {
        IsLineAbandoned = false;
        line = default;
        if (Source is null || _next >= Source.Lines.Count) return false;
        line = Source.Lines[_next++];
        LineNumber = line.Number;
        return true;
    }

    /// <summary>Moves to a label; false when there is none, and then nothing has moved.</summary>
    public bool TryJump(string label)
    {
        int index = Source?.FindLabel(label) ?? -1;
        if (index < 0) return false;
        _next = index;
        IsLineAbandoned = true;
        return true;
    }

    /// <summary>Ends this level at once.</summary>
    public void End(Status status, IImage? replacement = null)
    {
        Exit = status;
        Replacement = replacement;
        IsLineAbandoned = true;
    }
}
