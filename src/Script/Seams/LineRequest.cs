using System;

namespace Bootlace.Script;

/// <summary>What a line editor starts with.</summary>
/// <param name="Prompt">Shown in front.</param>
/// <param name="Preset">The text to edit.</param>
/// <param name="TimeoutMs">Ends the wait with <see cref="ScriptFailure.NothingTyped"/> if no key comes; 0 =
/// never.</param>
/// <param name="IsCommand">A command line: kept in the history, and Ctrl-C clears it instead of ending the
/// wait.</param>
public readonly record struct LineRequest(string Prompt, string Preset, long TimeoutMs, bool IsCommand)
{
    /// <summary>Completes what stands before the cursor when Tab is pressed; null: Tab does nothing.</summary>
    public Func<string, Completion>? Complete { get; init; }
}
