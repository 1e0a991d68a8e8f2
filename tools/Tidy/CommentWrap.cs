using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Bootlace.Tidy;

/// <summary>Repairs what a machine can repair without judgement: comment lines that are too long, blanks at the end of
/// lines.</summary>
public static class CommentWrap
{
    /// <summary>Repairs every C# file below the root whose path starts with the prefix.</summary>
    /// <returns>The number of files changed.</returns>
    public static int Apply(string root, string prefix)
    {
        int changed = 0;
        foreach (SourceFile file in SourceTree.Load(root).Files.Where(file => file.IsCSharp && file.IsIn(prefix)))
        {
            string text = Repair(file.Text);
            if (text == file.Text)
                continue;
            File.WriteAllText(Path.Combine(root, file.Path), text);
            changed++;
        }

        return changed;
    }

    /// <summary>The text with overlong comment lines broken at a blank, what does not fit moved down into the comment's
    /// next line, and without blanks at the ends of lines.</summary>
    public static string Repair(string text)
    {
        List<string> lines = [.. text.Split('\n').Select(line => line.TrimEnd())];
        for (int index = 0; index < lines.Count; index++)
            Wrap(lines, index);
        return string.Join('\n', lines);
    }

    private static void Wrap(List<string> lines, int index)
    {
        string line = lines[index];
        string opening = Opening(line);
        if (opening.Length == 0 || line.Length <= TextRule.ColumnsMax)
            return;
        int blank = line.LastIndexOf(' ', TextRule.ColumnsMax);
        if (blank <= opening.Length)
            return;

        string rest = line[(blank + 1)..];
        lines[index] = line[..blank].TrimEnd();
        bool goesOn = index + 1 < lines.Count && Continues(lines[index + 1], opening);
        if (goesOn)
            lines[index + 1] = $"{opening}{rest} {lines[index + 1][opening.Length..]}";
        else
            lines.Insert(index + 1, opening + rest);
    }

    /// <summary>The indent and the comment's mark; empty when the line is no comment.</summary>
    private static string Opening(string line)
    {
        string body = line.TrimStart();
        string indent = line[..(line.Length - body.Length)];
        return body.StartsWith("/// ", StringComparison.Ordinal) ? indent + "/// "
            : body.StartsWith("// ", StringComparison.Ordinal) ? indent + "// "
            : "";
    }

    /// <summary>Whether a line is the same paragraph's next: neither a tag, nor a list item, nor indented.</summary>
    private static bool Continues(string line, string opening) =>
        line.Length > opening.Length && line.StartsWith(opening, StringComparison.Ordinal)
        && (char.IsLetterOrDigit(line[opening.Length]) || line[opening.Length] is '(' or '"' or '`');
}
