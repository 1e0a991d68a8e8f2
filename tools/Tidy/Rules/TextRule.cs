using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Bootlace.Tidy;

/// <summary>Plain text habits: 120 columns, spaces, no trailing blanks, a final line feed, and files of a readable
/// length.</summary>
public sealed class TextRule : ITidyRule
{
    /// <summary>The longest line of code.</summary>
    public const int ColumnsMax = 120;

    private const int LinesWanted = 400;
    private const int LinesMax = 500;

    private static readonly string[] CodeEndings =
    [
        ".cs", ".S", ".c", ".h", ".sh", ".ps1", ".csproj", ".props", ".targets", ".editorconfig", ".json", ".txt",
        "/run",
    ];

    private static readonly string[] ProseEndings = [".md"];

    /// <inheritdoc/>
    public IEnumerable<Complaint> Judge(SourceTree tree) => tree.Files.SelectMany(Judge);

    private static IEnumerable<Complaint> Judge(SourceFile file)
    {
        bool isCode = CodeEndings.Any(ending => file.Path.EndsWith(ending, StringComparison.Ordinal));
        if (!isCode && !ProseEndings.Contains(Path.GetExtension(file.Path)))
            yield break;

        // MSBuild's conditions and commands cannot be broken.
        bool hasColumns = isCode && Path.GetExtension(file.Path) is not (".targets" or ".props" or ".csproj");
        bool hasCarriageReturns = file.Path.EndsWith(".ps1", StringComparison.Ordinal);
        for (int index = 0; index < file.Lines.Length; index++)
        {
            string line = hasCarriageReturns ? file.Lines[index].TrimEnd('\r') : file.Lines[index];
            if (line.Contains('\t'))
                yield return new Complaint(file.Path, index + 1, "a tab: use spaces");
            if (line.Length > 0 && char.IsWhiteSpace(line[^1]))
                yield return new Complaint(file.Path, index + 1, "blanks or a carriage return at the end of the line");
            if (hasColumns && line.Length > ColumnsMax)
                yield return new Complaint(file.Path, index + 1, $"{line.Length} columns: {ColumnsMax} at most");
        }

        if (file.Text.Length > 0 && file.Text[^1] != '\n')
            yield return new Complaint(file.Path, file.Lines.Length, "no line feed at the end of the file");
        if (file.IsCSharp && file.Lines.Length > LinesWanted)
            yield return new Complaint(
                file.Path, 0, $"{file.Lines.Length} lines: aim at {LinesWanted}, {LinesMax} at most",
                IsWarning: file.Lines.Length <= LinesMax);
    }
}
