using System.Collections.Generic;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.ScriptCheck;

/// <summary>What a value has to look like: the words by which commands' usage names their values say it.</summary>
internal static class ValueShape
{
    private static readonly HashSet<string> Numbers =
    [
        "milliseconds", "seconds", "bytes", "count", "colour", "pair", "drive", "status", "increment", "bit",
        "0xRRGGBB", "1..4094", "0..7",
    ];

    /// <summary>The words for a command's arguments, in order.</summary>
    public static string[] OfArguments(Command command) =>
        command.ArgumentsText.Replace("[", "").Replace("]", "").Replace("<", "").Replace(">", "").Split(' ');

    /// <summary>What is wrong with a value; null: nothing, or nobody can tell yet.</summary>
    public static string? FindFault(string? shape, string text)
    {
        // An empty one is what a setting without a value leaves, and does no harm.
        if (shape is null || text.Length == 0 || text.Contains("${", System.StringComparison.Ordinal)) return null;
        try
        {
            if (Numbers.Contains(shape)) NumberText.Read(text);
            if (shape == "key") KeyText.Read(text);
        }
        catch (BootFailure failure)
        {
            return failure.Message;
        }
        return shape == "setting" && SettingName.Parse(text).TypeName is { } type && SettingType.Find(type) is null
            ? $"there is no setting type '{ByteText.ToUnicode(type)}'" : null;
    }
}
