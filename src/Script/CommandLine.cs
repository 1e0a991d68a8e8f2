using System.Collections.Generic;

namespace Bootlace.Script;

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
