using System;
using System.Linq;

namespace Bootlace.Build;

/// <summary>A test that failed.</summary>
/// <param name="Name">With its namespace, and its arguments in parentheses.</param>
/// <param name="Message">What it said.</param>
public sealed record FailedTest(string Name, string Message)
{
    private const int MessageLinesMax = 6;

    /// <summary>Class and method, which pick it on the door's command line.</summary>
    public string Filter => string.Join('.', Name.Split('(')[0].Split('.').TakeLast(2));

    /// <summary>Its name, and the first lines of its message.</summary>
    public override string ToString() =>
        $"Failed: {Name}\n" + string.Join('\n', Message.Split('\n').Take(MessageLinesMax).Select(it => $"  {it}"));
}
