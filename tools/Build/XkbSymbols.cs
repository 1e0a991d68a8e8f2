using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Bootlace.Build;

/// <summary>Reads keyboard layouts from X's data (Debian's xkb-data): which symbol each key gives on each
/// level.</summary>
/// <param name="folder">The folder with the symbols.</param>
internal sealed partial class XkbSymbols(string folder)
{
    /// <summary>The keys of a layout, each with its symbols by level: plain, Shift, AltGr, both.</summary>
    /// <param name="layout">As <c>ch(de)</c>; without a variant it is the file's default.</param>
    public Dictionary<string, string[]> Read(string layout)
    {
        var keys = new Dictionary<string, string[]>();
        Include(layout, keys);
        return keys;
    }

    private void Include(string layout, Dictionary<string, string[]> keys)
    {
        Match name = LayoutName().Match(layout);
        string path = Path.Combine(folder, name.Groups["file"].Value);
        if (!File.Exists(path)) return;
        string text = Comment().Replace(File.ReadAllText(path), "");
        List<Match> variants = Variant().Matches(text).ToList();
        string wanted = name.Groups["variant"].Value;
        Match? variant = variants.Find(it => it.Groups["name"].Value == wanted)
            ?? variants.Find(it => it.Groups["flags"].Value.Contains("default")) ?? variants.FirstOrDefault();
        if (variant is null) return;
        foreach (Match line in Statement().Matches(BodyOf(text, variant.Index + variant.Length)))
        {
            if (line.Groups["include"].Success)
            {
                foreach (string part in line.Groups["include"].Value.Split('+', '|')) Include(part, keys);
                continue;
            }
            Match symbols = Symbols().Match(line.Groups["body"].Value);
            if (!symbols.Success) continue;
            string[] levels = [.. symbols.Groups["levels"].Value.Split(',').Select(it => it.Trim())];
            string key = line.Groups["key"].Value;
            // A statement leaves the levels as they are that it does not name.
            if (keys.TryGetValue(key, out string[]? before) && before.Length > levels.Length)
                levels = [.. levels, .. before[levels.Length..]];
            keys[key] = levels;
        }
    }

    private static string BodyOf(string text, int start)
    {
        int depth = 1;
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] == '{') depth++;
            if (text[i] == '}' && --depth == 0) return text[start..i];
        }
        return text[start..];
    }

    [GeneratedRegex(@"^(?<file>[^(]+)(\((?<variant>[^)]*)\))?")]
    private static partial Regex LayoutName();

    [GeneratedRegex(@"//[^\n]*|#[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<flags>[\w \t\r\n]*)xkb_symbols\s*""(?<name>[^""]*)""\s*\{")]
    private static partial Regex Variant();

    [GeneratedRegex(@"include\s+""(?<include>[^""]*)""|key\s*<(?<key>\w+)>\s*\{(?<body>[^}]*)\}")]
    private static partial Regex Statement();

    [GeneratedRegex(@"(^|=)\s*\[(?<levels>[^\]]*)\]", RegexOptions.Multiline)]
    private static partial Regex Symbols();
}
