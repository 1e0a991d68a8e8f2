using System.Collections.Generic;
using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>Where in a script a command stands.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Starts">Where the words of that line begin.</param>
/// <param name="First">Which of them is its name.</param>
/// <param name="IsHandled">The line goes on if the command fails.</param>
internal readonly record struct CommandPlace(ScriptLine Line, IReadOnlyList<int> Starts, int First, bool IsHandled)
{
    /// <summary>Where one of its words begins in the line's text.</summary>
    public int OffsetOf(int word) => Starts[First + word];
}
