using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>Replaces <c>${name}</c> by settings (spec/ipxe-compat.md 1.4).</summary>
public static class Expansion
{
    /// <summary>Replacements in one word; a value that names itself would never end.</summary>
    private const int ReplacementsMax = 1000;

    /// <summary>Length of one expanded word.</summary>
    public const int LengthMax = 1 << 18;

    /// <summary>Length of all words of one command.</summary>
    private const int TotalLengthMax = 1 << 20;

    /// <summary>Expands the words of a command.</summary>
    public static List<string> ExpandAll(IReadOnlyList<string> words, SettingsStore settings)
    {
        var expanded = new List<string>(words.Count);
        int left = TotalLengthMax;
        foreach (string word in words)
        {
            string text = Expand(word, settings);
            if (text.Length > left) throw new BootFailure(ScriptFailure.ExpansionTooLong);
            left -= text.Length;
            expanded.Add(text);
        }
        return expanded;
    }

    /// <summary>Expands one word: the first <c>}</c> that follows a <c>${</c>, and the last <c>${</c> before it, are
    /// replaced, again and again from the beginning, so that references nest and values are expanded in their turn.
    /// What has no value becomes empty; a <c>${</c> that nothing closes stays.</summary>
    public static string Expand(string text, SettingsStore settings)
    {
        for (int count = 0; TryFindInnermost(text, out int start, out int end); count++)
        {
            if (count == ReplacementsMax)
                throw new BootFailure(ScriptFailure.EndlessExpansion);
            settings.TryFormat(text.Substring(start + 2, end - start - 2), out string value);   // else it is empty
            if (value.Length > LengthMax - (text.Length - (end + 1 - start)))
                throw new BootFailure(ScriptFailure.ExpansionTooLong);
            text = string.Concat(text.Substring(0, start), value, text.Substring(end + 1));
        }
        return text;
    }

    private static bool TryFindInnermost(string text, out int start, out int end)
    {
        end = -1;
        start = text.IndexOf("${", System.StringComparison.Ordinal);
        if (start < 0) return false;
        end = text.IndexOf('}', start);
        if (end < 0) return false;
        for (int i = end - 2; i > start; i--)
        {
            if (text[i] != '$' || text[i + 1] != '{') continue;
            start = i;
            break;
        }
        return true;
    }
}
