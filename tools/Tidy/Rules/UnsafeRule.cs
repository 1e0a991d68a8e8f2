using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Bootlace.Tidy;

/// <summary>Raw memory is touched in runtime/, Uefi/ and Crypto/ only, and in the tests that check their
/// layouts.</summary>
public sealed class UnsafeRule : ITidyRule
{
    private static readonly string[] Allowed = ["runtime/", "src/Uefi/", "src/Crypto/", "tests/"];
    private static readonly Regex Keyword = new(@"^[^/""]*\bunsafe\b");
    private static readonly Regex Property = new(@"<AllowUnsafeBlocks>true");

    /// <inheritdoc/>
    public IEnumerable<Complaint> Judge(SourceTree tree)
    {
        foreach (SourceFile file in tree.Files.Where(file => !Allowed.Any(file.IsIn)))
        {
            Regex? word = file.IsCSharp ? Keyword : file.IsProject ? Property : null;
            for (int index = 0; word is not null && index < file.Lines.Length; index++)
                if (word.IsMatch(file.Lines[index]))
                    yield return new Complaint(file.Path, index + 1, "unsafe code outside runtime/, Uefi/ and Crypto/");
        }
    }
}
