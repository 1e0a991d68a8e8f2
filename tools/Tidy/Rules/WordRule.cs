using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Bootlace.Tidy;

/// <summary>Words that may stand nowhere: marks of unfinished work, and host names of package registries.</summary>
public sealed class WordRule : ITidyRule
{
    // Spelt in pieces, so that this file does not break its own rule.
    private static readonly Regex Unfinished = new(@"\b(TO" + "DO|FIX" + "ME|HA" + "CK|X" + @"XX)\b");

    private static readonly Regex Registry = new(
        @"\b((deb|snapshot|security|ftp)\.debian|(archive|ports|security)\.ubuntu|\w+\.nuget|registry\.npmjs|pypi)"
        + @"\." + "(org|com)");

    /// <inheritdoc/>
    public IEnumerable<Complaint> Judge(SourceTree tree)
    {
        foreach (SourceFile file in tree.Files)
            for (int index = 0; index < file.Lines.Length; index++)
            {
                Match mark = Unfinished.Match(file.Lines[index]);
                if (mark.Success)
                    yield return new Complaint(file.Path, index + 1, $"{mark.Value}: finish it, or file an issue");
                if (Registry.IsMatch(file.Lines[index]))
                    yield return new Complaint(file.Path, index + 1, "names a registry's host: ask the machine for it");
            }
    }
}
