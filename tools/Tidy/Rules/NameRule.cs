using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Bootlace.Tidy;

/// <summary>Types say what they are, and files are named after their one public type. runtime/ is excepted: there the
/// names
/// are .NET's.</summary>
public sealed class NameRule : ITidyRule
{
    private static readonly Regex AnyType = new(
        @"^\s*(?:(?:public|internal|private|protected|file|sealed|static|abstract|readonly|ref|partial|unsafe)\s+)+"
        + @"(?:class|struct|interface|enum|record(?:\s+(?:struct|class))?)\s+(\w+)");

    private static readonly Regex EmptyName = new("(Manager|Helpers?|Utils?|Utility|Utilities|Impl|Base)$");

    /// <inheritdoc/>
    public IEnumerable<Complaint> Judge(SourceTree tree) =>
        tree.Files.Where(file => file.IsCSharp && !file.IsIn("runtime/")).SelectMany(Judge);

    private static IEnumerable<Complaint> Judge(SourceFile file)
    {
        List<string> publicTypes = [];
        for (int index = 0; index < file.Lines.Length; index++)
        {
            Match match = AnyType.Match(file.Lines[index]);
            if (!match.Success)
                continue;
            string name = match.Groups[1].Value;
            if (EmptyName.IsMatch(name))
                yield return new Complaint(file.Path, index + 1, $"{name}: name it after what it does");
            if (file.Lines[index].StartsWith("public ", StringComparison.Ordinal))
                publicTypes.Add(name);
        }

        // X.Part.cs holds a part of X.
        string wanted = file.Name.Split('.')[0];
        if (publicTypes.Count > 0 && !publicTypes.Contains(wanted))
            yield return new Complaint(
                file.Path, 0, $"holds {string.Join(", ", publicTypes)}: name the file after its one public type");
        if (publicTypes.Distinct().Count() > 1 && !file.IsIn("src/Uefi/Raw/"))
            yield return new Complaint(
                file.Path, 0, $"holds {string.Join(", ", publicTypes)}: one public type a file", IsWarning: true);
    }
}
