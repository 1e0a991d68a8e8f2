using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>Looks at the <c>${…}</c> of a word: a mistake in one is no failure, it becomes nothing.</summary>
internal static partial class SettingReferences
{
    /// <summary>What is wrong, and where in the word.</summary>
    public static IEnumerable<(int Offset, string Text)> FindFaults(string word)
    {
        // What is inside another one is not known before that has a value.
        foreach (Match match in Innermost().Matches(word))
        {
            string? type = SettingName.Parse(match.Groups[1].Value).TypeName;
            if (type is not null && SettingType.Find(type) is null)
                yield return (match.Index, $"there is no setting type '{ByteText.ToUnicode(type)}': this is empty");
        }
        int open = word.LastIndexOf("${", StringComparison.Ordinal);
        if (open >= 0 && word.IndexOf('}', open) < 0)
            yield return (open, "'${' without '}' in the same word is not expanded");
    }

    [GeneratedRegex(@"\$\{([^${}]*)\}")]
    private static partial Regex Innermost();
}
