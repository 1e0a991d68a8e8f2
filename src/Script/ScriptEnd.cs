namespace Bootlace.Script;

/// <summary>How a script ended.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Replacement">The image to run in its place, after <c>chain --replace</c>; else null.</param>
public readonly record struct ScriptEnd(Status Status, IImage? Replacement);
