using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.ScriptCheck;

/// <summary>Reads a script as the loader would and says, without running it, what the loader would refuse. What only a
/// setting's value decides is left alone.</summary>
public sealed class ScriptChecker
{
    private readonly Interpreter _interpreter;
    private readonly List<Finding> _findings = [];
    private readonly ScriptSource _source;
    private readonly SourceMap _map;

    private ScriptChecker(string name, string text, Interpreter interpreter)
    {
        _interpreter = interpreter;
        _source = new ScriptSource(name, text);
        _map = new SourceMap(text);
    }

    /// <summary>Checks a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="interpreter">Whose commands there are.</param>
    /// <returns>What was found, from top to bottom.</returns>
    public static IReadOnlyList<Finding> Check(string name, ReadOnlySpan<byte> content, Interpreter interpreter)
    {
        if (!ScriptSource.IsScript(content))
            return [new Finding(1, 1, $"not a script: {WhyNoScript(content)}", IsRefusal: true)];
        try
        {
            var checker = new ScriptChecker(name, ByteText.FromBytes(content), interpreter);
            checker.CheckLabels();
            foreach (ScriptLine line in checker._source.Lines) checker.CheckLine(line);
            return [.. checker._findings.OrderBy(it => it.Line).ThenBy(it => it.Column)];
        }
        catch (BootFailure failure)
        {
            return [new Finding(1, 1, failure.Describe(), IsRefusal: true)];
        }
    }

    private static string WhyNoScript(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("\uFEFF"u8)) return "it begins with a byte order mark; '#!ipxe' must be the very first";
        bool isBelow = content.IndexOf("\n#!ipxe"u8) >= 0;
        return isBelow ? "'#!ipxe' must be its very first line" : "its first line must be '#!ipxe'";
    }

    private void CheckLabels()
    {
        Dictionary<string, int> first = [];
        foreach (ScriptLine line in _source.Lines)
        {
            if (line.Label is not { } label || first.TryAdd(label, line.Number)) continue;
            string name = ByteText.ToUnicode(label);
            Add(line, -1 - label.Length, $"the label '{name}' stands in line {first[label]} already; goto goes there",
                isRefusal: false);
        }
    }

    private void CheckLine(ScriptLine line)
    {
        if (line.IsUnfinished)
        {
            Add(_map.LocateCut(line), "the file ends in a line that goes on; remove the backslash", isRefusal: true);
            return;
        }
        IReadOnlyList<int> starts = SourceMap.FindWords(line.Text);
        IReadOnlyList<LinePart> parts = CommandLine.Split(line.Text);
        int index = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            LinePart part = parts[i];
            if (part.Words.Count > 0)
            {
                // After || and ; the line goes on, whatever has become of this command.
                bool isHandled = parts.Skip(i + 1).Any(it => it.When != RunWhen.Succeeded);
                var place = new CommandPlace(line, starts, index, isHandled);
                CheckCommand(part.Words, place);
                for (int k = 0; k < part.Words.Count; k++) CheckReferences(part.Words[k], place, k);
            }
            index += part.Words.Count + 1;   // the operator behind it
        }
    }

    private void CheckCommand(IReadOnlyList<string> words, CommandPlace place)
    {
        if (IsOpen(words[0])) return;
        if (_interpreter.Commands.Find(words[0]) is not { } command)
        {
            Add(place, 0, $"there is no command '{ByteText.ToUnicode(words[0])}'");
            return;
        }
        if (command is UnsupportedCommand)
        {
            // The script is right, and perhaps never comes here on a machine of ours.
            Add(place.Line, place.OffsetOf(0), $"{command.Name} is not supported by this loader", isRefusal: false);
            return;
        }
        CommandCall call;
        try
        {
            call = CommandCall.Parse(command, words, _interpreter);
        }
        catch (BootFailure failure)
        {
            int at = FindBadWord(command, words);
            if (!IsOpenOption(words[at])) Add(place, at, $"{command.Name}: {failure.Message}; usage: {command.Usage}");
            return;
        }
        if (call.WantsHelp) return;
        CheckCount(command, call, words, place);
        CheckMeaning(command, call, words, place);
    }

    private void CheckCount(Command command, CommandCall call, IReadOnlyList<string> words, CommandPlace place)
    {
        int count = call.Arguments.Count, first = words.Count - count;
        // A word that only a setting's value knows may be an option, and even take the next one as its value.
        bool mayHoldOptions = command.Options.Count > 0 && count > 0 && words[first - 1] != "--"
            && words[first].StartsWith("${", StringComparison.Ordinal);
        bool isTooMany = count > command.ArgumentsMax && !mayHoldOptions;
        if (count >= command.ArgumentsMin && !isTooMany) return;
        int at = isTooMany ? first + command.ArgumentsMax : words.Count - 1;
        Add(place, at, $"{command.Name}: too {(isTooMany ? "many" : "few")} arguments; usage: {command.Usage}");
    }

    /// <summary>What is asked of values beside their number.</summary>
    private void CheckMeaning(Command command, CommandCall call, IReadOnlyList<string> words, CommandPlace place)
    {
        int first = words.Count - call.Arguments.Count;
        foreach (Option option in command.Options)
        {
            if (ValueShape.FindFault(option.Value, call.Text(option) ?? "") is { } fault)
                Add(place, FindValue(words, call.Text(option)!), $"{command.Name}: {fault}");
        }
        // clear takes any type: it only deletes.
        string[] shapes = command is ClearCommand ? [] : ValueShape.OfArguments(command);
        for (int i = 0; i < call.Arguments.Count && i < shapes.Length; i++)
        {
            if (ValueShape.FindFault(shapes[i], call.Arguments[i]) is { } fault)
                Add(place, first + i, $"{command.Name}: {fault}");
        }
        if (call.Arguments.Count == 0 || IsOpen(words[first])) return;
        switch (command)
        {
            case GotoCommand when _source.FindLabel(words[first]) < 0:
                Add(place, first, $"there is no label '{ByteText.ToUnicode(words[first])}'");
                break;
            case TimeCommand:
                CheckCommand([.. words.Skip(first)], place with { First = place.First + first });
                break;
            case SetCommand:
                CheckValue(call, place, first);
                break;
        }
    }

    /// <summary>The word that holds an option's value: a word of its own, or the end of the option's.</summary>
    private static int FindValue(IReadOnlyList<string> words, string value)
    {
        for (int i = 1; i < words.Count; i++)
        {
            if (words[i].EndsWith(value, StringComparison.Ordinal)) return i;
        }
        return 0;
    }

    private void CheckValue(CommandCall call, CommandPlace place, int word)
    {
        SettingName name = SettingName.Parse(call.Arguments[0]);
        SettingKey key = DeclaredSettings.Resolve(name.Name, null);
        SettingType? type = name.TypeName is null ? key.Type : SettingType.Find(name.TypeName);
        string value = call.Joined(1);
        if (type is null || value.Length == 0 || value.Contains("${", StringComparison.Ordinal)) return;
        try
        {
            type.Parse(value);
        }
        catch (BootFailure failure)
        {
            Add(place, word + 1, failure.Message);
        }
    }

    private void CheckReferences(string word, CommandPlace place, int index)
    {
        foreach ((int offset, string text) in SettingReferences.FindFaults(word))
            Add(place.Line, place.OffsetOf(index) + offset, text, isRefusal: false);
    }

    /// <summary>The word that options cannot be read beyond.</summary>
    private int FindBadWord(Command command, IReadOnlyList<string> words)
    {
        for (int last = 1; last < words.Count; last++)
        {
            try
            {
                CommandCall.Parse(command, [.. words.Take(last + 1), "value"], _interpreter);
            }
            catch (BootFailure)
            {
                return last;
            }
        }
        return words.Count - 1;
    }

    private static bool IsOpen(string word) => word.Contains("${", StringComparison.Ordinal);

    /// <summary>Whether an option's name, and not only its value, is still to be expanded.</summary>
    private static bool IsOpenOption(string word)
    {
        int reference = word.IndexOf("${", StringComparison.Ordinal), equals = word.IndexOf('=');
        return reference >= 0 && (equals < 0 || reference < equals);
    }

    private void Add(CommandPlace place, int word, string text) =>
        Add(place.Line, place.OffsetOf(word), place.IsHandled ? text + " (the line goes on)" : text, !place.IsHandled);

    private void Add(ScriptLine line, int offset, string text, bool isRefusal) =>
        Add(_map.Locate(line, offset), text, isRefusal);

    private void Add((int Line, int Column) at, string text, bool isRefusal) =>
        _findings.Add(new Finding(at.Line, at.Column, text, isRefusal));
}
