using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>The words of one command after option parsing (spec/ipxe-compat.md 1.7).</summary>
public sealed class CommandCall
{
    private Dictionary<Option, string>? _options;   // most calls have none
    private readonly List<string> _arguments = [];

    private CommandCall(Interpreter interpreter) => Interpreter = interpreter;

    /// <summary>Who runs the command: flow commands talk to it.</summary>
    public Interpreter Interpreter { get; }

    /// <summary>What is left after the options.</summary>
    public IReadOnlyList<string> Arguments => _arguments;

    /// <summary>Whether help was asked for.</summary>
    public bool WantsHelp { get; private set; }

    /// <summary>Parses <paramref name="words"/>, of which the first is the command's name. Options end at the first
    /// word without a dash, or after <c>--</c>.</summary>
    public static CommandCall Parse(Command command, IReadOnlyList<string> words, Interpreter interpreter)
    {
        var call = new CommandCall(interpreter);
        int index = 1;
        while (index < words.Count && words[index].Length > 1 && words[index][0] == '-')
        {
            string word = words[index++];
            if (word == "--") break;
            if (word[1] == '-') call.ReadLong(command, word, words, ref index);
            else call.ReadShort(command, word, words, ref index);
        }
        for (; index < words.Count; index++) call._arguments.Add(words[index]);
        return call;
    }

    /// <summary>Whether the option was given.</summary>
    public bool Has(Option option) => _options is not null && _options.ContainsKey(option);

    /// <summary>The option's value, or null.</summary>
    public string? Text(Option option) =>
        _options is not null && _options.TryGetValue(option, out string? text) ? text : null;

    /// <summary>The option's number; 0 where it is not given.</summary>
    public long Number(Option option) => Text(option) is { } text ? NumberText.Read(text) : 0;

    /// <summary>The option's time; 0 where it is not given.</summary>
    public long Milliseconds(Option option)
    {
        long ms = Number(option);
        if (ms is >= 0 and <= int.MaxValue) return ms;
        throw new BootFailure(
            ScriptFailure.BadNumber, $"'{ByteText.ToUnicode(Text(option)!)}' is no number of milliseconds");
    }

    /// <summary>The arguments from <paramref name="first"/> on, joined by blanks.</summary>
    public string Joined(int first) => ByteText.Join(_arguments, first);

    private void Take(Option option, string value)
    {
        _options ??= [];
        _options[option] = value;
    }

    private void ReadLong(Command command, string word, IReadOnlyList<string> words, ref int index)
    {
        int equals = word.IndexOf('=');
        string name = equals < 0 ? word.Substring(2) : word.Substring(2, equals - 2);
        string? value = equals < 0 ? null : word.Substring(equals + 1);
        if (name == "help")
        {
            WantsHelp = true;
            return;
        }
        foreach (Option option in command.Options)
        {
            if (option.Long != name) continue;
            if (option.Value is null && value is not null)
                throw new BootFailure(ScriptFailure.BadOption, $"Option '--{name}' takes no value");
            Take(option, option.Value is null ? "" : value ?? NextValue($"--{name}", words, ref index));
            return;
        }
        throw Unrecognised($"--{name}");
    }

    private void ReadShort(Command command, string word, IReadOnlyList<string> words, ref int index)
    {
        for (int i = 1; i < word.Length; i++)
        {
            if (FindShort(command, word[i]) is not { } option)
            {
                if (word[i] != 'h') throw Unrecognised($"-{word[i]}");
                WantsHelp = true;
                continue;
            }
            if (option.Value is null)
            {
                Take(option, "");
                continue;
            }
            Take(option, i + 1 < word.Length ? word.Substring(i + 1) : NextValue($"-{word[i]}", words, ref index));
            return;
        }
    }

    private static Option? FindShort(Command command, char letter)
    {
        foreach (Option option in command.Options)
        {
            if (option.Short == letter) return option;
        }
        return null;
    }

    private static string NextValue(string option, IReadOnlyList<string> words, ref int index)
    {
        if (index < words.Count && !words[index].StartsWith('-')) return words[index++];
        throw new BootFailure(ScriptFailure.BadOption, $"Option '{option}' needs a value");
    }

    private static BootFailure Unrecognised(string option) =>
        new(ScriptFailure.BadOption, $"Unknown option '{ByteText.ToUnicode(option)}'");
}
