using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>When a command of a line runs, by the operator before it.</summary>
public enum RunWhen
{
    /// <summary>The first command, or after <c>;</c>.</summary>
    Always,
    /// <summary>After <c>&amp;&amp;</c>: if the last command run succeeded.</summary>
    Succeeded,
    /// <summary>After <c>||</c>: if the last command run failed.</summary>
    Failed,
}

/// <summary>One command of a line, its words not yet expanded. No words at all is the empty command, which
/// succeeds.</summary>
public readonly record struct LinePart(RunWhen When, IReadOnlyList<string> Words);

/// <summary>Cuts a line at its operators and into words, before anything is expanded (spec/ipxe-compat.md 1.3): a value
/// can never bring in an operator, a comment or another word. There is no quoting.</summary>
public static class CommandLine
{
    /// <summary>The commands of a line, at least one.</summary>
    public static List<LinePart> Split(string line)
    {
        var parts = new List<LinePart>();
        var words = new List<string>();
        RunWhen when = RunWhen.Always;
        int position = 0;
        while (TryNextWord(line, ref position, out string word))
        {
            if (word[0] == '#') break;
            if (ReadOperator(word) is not { } next)
            {
                words.Add(word);
                continue;
            }
            parts.Add(new LinePart(when, words));
            words = [];
            when = next;
        }
        parts.Add(new LinePart(when, words));
        return parts;
    }

    private static RunWhen? ReadOperator(string word) => word switch
    {
        "||" => RunWhen.Failed,
        "&&" => RunWhen.Succeeded,
        ";" => RunWhen.Always,
        _ => null,
    };

    private static bool TryNextWord(string line, ref int position, out string word)
    {
        while (position < line.Length && ByteText.IsSpace(line[position])) position++;
        int start = position;
        while (position < line.Length && !ByteText.IsSpace(line[position])) position++;
        word = line.Substring(start, position - start);
        return word.Length > 0;
    }
}
