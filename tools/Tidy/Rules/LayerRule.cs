using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Bootlace.Tidy;

/// <summary>A layer of src/ names only the layers below it that src/Layers.targets allows. The build refuses forbidden
/// references too; this finds them without building, and in every project at once.</summary>
public sealed class LayerRule : ITidyRule
{
    private const string Table = "src/Layers.targets";
    private static readonly Regex Reference = new(@"ProjectReference\s+Include=""[^""]*?(\w+)\.csproj""");
    private static readonly Regex Import = new(@"^using (?:static )?Bootlace\.(\w+)");

    /// <inheritdoc/>
    public IEnumerable<Complaint> Judge(SourceTree tree)
    {
        if (tree.Find(Table) is not { } table)
            return [new Complaint(Table, 0, "missing: it holds the layers")];

        Dictionary<string, string[]> layers = XDocument.Parse(table.Text).Descendants("Layer").ToDictionary(
            layer => layer.Attribute("Include")!.Value,
            layer => layer.Attribute("MayUse")!.Value.Split(';', StringSplitOptions.RemoveEmptyEntries));
        return tree.Files.Where(file => file.IsIn("src/")).SelectMany(file => Judge(file, layers));
    }

    private static IEnumerable<Complaint> Judge(SourceFile file, Dictionary<string, string[]> layers)
    {
        string[] parts = file.Path.Split('/');
        if (parts.Length < 3)
            yield break;
        string layer = parts[1];
        if (!layers.TryGetValue(layer, out string[]? allowed))
        {
            yield return new Complaint(file.Path, 0, $"{layer} is not a layer of {Table}");
            yield break;
        }

        Regex? naming = file.IsCSharp ? Import : file.IsProject ? Reference : null;
        for (int index = 0; naming is not null && index < file.Lines.Length; index++)
        {
            Match match = naming.Match(file.Lines[index]);
            string used = match.Groups[1].Value;
            if (match.Success && used != layer && used != "Runtime" && !allowed.Contains(used))
                yield return new Complaint(file.Path, index + 1, $"{layer} may not use {used}: see {Table}");
        }
    }
}
