namespace Bootlace.ScriptCheck;

/// <summary>Something about a script that its author should know.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Column">Character of the line, from 1.</param>
/// <param name="Text">What it is.</param>
/// <param name="IsRefusal">The loader would stop there; else the script goes on, though perhaps not as meant.</param>
public sealed record Finding(int Line, int Column, string Text, bool IsRefusal)
{
    /// <summary>The finding as compilers print theirs, so that editors can jump to it.</summary>
    public string Describe(string path) => $"{path}:{Line}:{Column}: {(IsRefusal ? "" : "warning: ")}{Text}";
}
