using System;
using System.Linq;

namespace Bootlace.Harness;

/// <summary>What a finished program left behind.</summary>
/// <param name="ExitCode">Exit status; 0 is success.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
public sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The last lines of all it printed, output first.</summary>
    public string Tail(int linesMax)
    {
        string[] lines = (Output + "\n" + Errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', lines.TakeLast(linesMax));
    }
}
