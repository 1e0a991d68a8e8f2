using System;
using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>Completes what is typed at the prompt: names of commands, their options, and settings, both inside
/// <c>${</c> and as arguments of the commands that take one.</summary>
public sealed class LineCompletion(CommandTable commands, SettingsStore settings)
{
    private const int BlockDepthMax = 16;

    /// <summary>Stands for the cursor, so that the word before it is there even if nothing of it is.</summary>
    private const char Mark = '\u0001';

    /// <summary>Completes the end of <paramref name="line"/>, which is what stands before the cursor.</summary>
    public Completion Complete(string line)
    {
        int reference = FindOpenReference(line);
        if (reference >= 0) return Pick(line.Substring(reference), FindSettings(line.Substring(reference)), "}");
        List<LinePart> parts = CommandLine.Split(line + Mark);
        IReadOnlyList<string> words = parts[parts.Count - 1].Words;
        bool isComment = words.Count == 0 || !words[words.Count - 1].EndsWith(Mark);
        if (isComment) return new Completion("", [], "");
        string typed = words[words.Count - 1].Substring(0, words[words.Count - 1].Length - 1);
        if (words.Count == 1) return Pick(typed, FindCommands(), " ");
        if (commands.Find(words[0]) is not { } command) return new Completion(typed, [], "");
        if (typed.StartsWith('-')) return Pick(typed, FindOptions(command), " ");
        return Pick(typed, TakesSetting(command, words) ? FindSettings(typed) : [], " ");
    }

    /// <summary>Where the name inside an unfinished <c>${</c> begins; -1: there is none.</summary>
    private static int FindOpenReference(string line)
    {
        var open = new List<int>();
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '{' && i > 0 && line[i - 1] == '$') open.Add(i + 1);
            else if (line[i] == '}' && open.Count > 0) open.RemoveAt(open.Count - 1);
            else if (ByteText.IsSpace(line[i])) open.Clear();
        }
        return open.Count > 0 ? open[open.Count - 1] : -1;
    }

    /// <summary>The first argument of some commands is a setting.</summary>
    private static bool TakesSetting(Command command, IReadOnlyList<string> words)
    {
        for (int i = 1; i < words.Count - 1; i++)
        {
            if (!words[i].StartsWith('-')) return false;
        }
        return command.ArgumentsText.StartsWith("<setting>", StringComparison.Ordinal);
    }

    private List<string> FindCommands()
    {
        var names = new List<string>();
        foreach (Command command in commands.All) names.Add(command.Name);
        return names;
    }

    private static List<string> FindOptions(Command command)
    {
        var names = new List<string> { "--help" };
        foreach (Option option in command.Options) names.Add("--" + option.Long);
        return names;
    }

    private List<string> FindSettings(string typed)
    {
        var names = new List<string>();
        int slash = typed.IndexOf('/');
        int colon = typed.IndexOf(':');
        if (colon >= 0)
        {
            foreach (SettingType type in SettingTypes.All) names.Add(typed.Substring(0, colon + 1) + type.Name);
            return names;
        }
        if (slash < 0) AddBlocks(names, settings.Root, BlockDepthMax);
        string scope = slash < 0 ? "" : typed.Substring(0, slash + 1);
        if (settings.FindBlock(slash < 0 ? "" : typed.Substring(0, slash)) is not { } block) return names;
        AddKeys(names, scope, new SettingsPage(settings, block));
        foreach (SettingsBlock child in block.Children) AddKeys(names, scope, new SettingsPage(settings, child.Target));
        return names;
    }

    private static void AddKeys(List<string> names, string scope, SettingsPage page)
    {
        foreach (SettingsLine line in page.Lines)
        {
            if (line.Way is null) names.Add(scope + line.Name);
        }
    }

    private static void AddBlocks(List<string> names, SettingsBlock block, int depth)
    {
        foreach (SettingsBlock child in block.Children)
        {
            names.Add(child.FullName + "/");
            if (depth > 0) AddBlocks(names, child, depth - 1);
        }
    }

    private static Completion Pick(string typed, List<string> words, string ending)
    {
        words.Sort(string.CompareOrdinal);
        var picked = new List<string>();
        foreach (string word in words)
        {
            bool isNew = picked.Count == 0 || picked[picked.Count - 1] != word;
            if (isNew && word.StartsWith(typed, StringComparison.Ordinal)) picked.Add(word);
        }
        return new Completion(typed, picked, ending);
    }
}
