namespace Bootlace.Script;

/// <summary>A line after continuations are glued together.</summary>
/// <param name="Number">Where it begins in the file, from 1.</param>
/// <param name="Label">Its label without the colon, or null.</param>
/// <param name="Text">The command part.</param>
/// <param name="IsUnfinished">The file ended after its backslash.</param>
public readonly record struct ScriptLine(int Number, string? Label, string Text, bool IsUnfinished);
