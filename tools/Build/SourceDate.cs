using System;
using System.Globalization;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>The day the loader is said to be built on: that of the commit, so that everybody who builds a commit gets
/// the same bytes, and the bytes of the next commit of the same day differ only where the sources do.</summary>
public static class SourceDate
{
    private const long SecondsADay = 86400;

    /// <summary>Midnight (UTC) of that day in seconds since 1970: of SOURCE_DATE_EPOCH where that is set, else of the
    /// newest commit; empty where there is neither, and the project's own day counts.</summary>
    public static string Read()
    {
        string? given = Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH");
        string text = string.IsNullOrEmpty(given) ? AskGit() : given;
        bool isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds);
        return isNumber ? (seconds - seconds % SecondsADay).ToString(CultureInfo.InvariantCulture) : "";
    }

    private static string AskGit()
    {
        ToolResult result = Tool.Capture("git", ["log", "-1", "--format=%ct"], folder: Repository.Root);
        return result.ExitCode == 0 ? result.Output.Trim() : "";
    }
}
