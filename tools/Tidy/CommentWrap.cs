using System;
using System.IO;
using System.Linq;
using System.Text;

namespace Bootlace.Tidy;

/// <summary>Repairs what a machine can repair without judgement: comment lines that are too long, blanks at the end of
/// lines.</summary>
public static class CommentWrap
{
    /// <summary>Repairs every C# file below the root.</summary>
    /// <returns>The number of files changed.</returns>
    public static int Apply(string root)
    {
        int changed = 0;
        foreach (SourceFile file in SourceTree.Load(root).Files.Where(file => file.IsCSharp))
        {
            string text = Repair(file.Text);
            if (text == file.Text)
                continue;
            File.WriteAllText(Path.Combine(root, file.Path), text);
            changed++;
        }

        return changed;
    }

    /// <summary>The text with overlong comment lines broken at a blank and without blanks at the ends of
    /// lines.</summary>
    public static string Repair(string text)
    {
        StringBuilder repaired = new();
        foreach (string line in text.Split('\n'))
            Append(repaired, line.TrimEnd());
        repaired.Length--;   // one line feed too many: Split counts the empty piece after the last one
        return repaired.ToString();
    }

    private static void Append(StringBuilder target, string line)
    {
        string body = line.TrimStart();
        string marker = body.StartsWith("/// ", StringComparison.Ordinal) ? "/// "
            : body.StartsWith("// ", StringComparison.Ordinal) ? "// " : "";
        string indent = line[..(line.Length - body.Length)];
        while (marker.Length > 0 && line.Length > TextRule.ColumnsMax)
        {
            int blank = line.LastIndexOf(' ', TextRule.ColumnsMax);
            if (blank <= indent.Length + marker.Length)
                break;
            target.Append(line.AsSpan(0, blank).TrimEnd()).Append('\n');
            line = indent + marker + line[(blank + 1)..];
        }

        target.Append(line).Append('\n');
    }
}
