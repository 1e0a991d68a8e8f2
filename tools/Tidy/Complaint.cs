namespace Bootlace.Tidy;

/// <summary>One breach of a rule.</summary>
/// <param name="Path">File, relative to the root of the tree, with forward slashes.</param>
/// <param name="Line">Line, counted from 1; 0 when the whole file is meant.</param>
/// <param name="Text">What is wrong and what to do instead.</param>
/// <param name="IsWarning">Worth a look, but no reason to fail.</param>
public sealed record Complaint(string Path, int Line, string Text, bool IsWarning = false)
{
    /// <summary>The complaint as compilers print theirs, so that editors can jump to it.</summary>
    public override string ToString() =>
        Line > 0 ? $"{Path}:{Line}: {Kind}{Text}" : $"{Path}: {Kind}{Text}";

    private string Kind => IsWarning ? "(warning) " : "";
}
