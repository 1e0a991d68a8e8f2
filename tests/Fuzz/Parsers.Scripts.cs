using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Bootlace.Script;
using Bootlace.Tests.Script;
using Bootlace.Tests.Wire;
using Bootlace.Wire;

namespace Bootlace.Tests.Fuzz;

/// <summary>The rows of the script language: a script comes over the network like anything else.</summary>
internal static partial class Parsers
{
    private const int TurnsMax = 300;

    private static FuzzRow[] Scripts =>
    [
        new("ScriptLexer", Lex,
            ":loop isset ${net${i}/mac} || goto done\n  echo a \\\r\n  b ; exit # c\n\n:done"u8.ToArray(),
            "#!ipxe\r\n\t:52:54:00 set x 1 && set y\\\n 2 || echo"u8.ToArray()),
        new("Expansion", Text(Expand),
            "${${name}/${idx}:hex}x${self}${a.b/c:uristring}"u8.ToArray(), "${twice}${twice}${open}a}"u8.ToArray(),
            Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("${twice}", 20))),
            "${175.8:int8}${net0/mac:hexhyp}${0x11}${number:ipv4}"u8.ToArray()),
        new("OptionParser", Text(ParseOptions),
            "item --menu m -k 0x107e -ds --gap -- name text"u8.ToArray(),
            "chain --timeout=5 -arn name -s x http://h/p -- a"u8.ToArray(),
            "choose -t 5 --default ${} -km menu x"u8.ToArray(), "prompt -k0x02 --timeout 10 --help a"u8.ToArray()),
        new("SettingName", Text(NameSetting),
            "a.b/175.8:hexraw\n01ff"u8.ToArray(), "net0/ip\n10.0.0.1"u8.ToArray(), "x:uuid\n0011"u8.ToArray(),
            "x:base64\nZm9vYg=="u8.ToArray(), "x:int8\n-0x80"u8.ToArray(), "..a/b:c:d\n"u8.ToArray(),
            "x:ipv6\nfe80::1"u8.ToArray(), "x:guid\n00112233-4455-6677-8899-aabbccddeeff"u8.ToArray()),
        new("Mime", Mime, Encoding.Latin1.GetBytes(MimeTests.Single), Encoding.Latin1.GetBytes(MimeTests.Multipart)),
        new("Script", Text(RunScript),
            "set i:int32 0\n:loop inc i && iseq ${i} 9 || goto loop\nset a${i} ${i:hex} ; show a9 || exit"u8.ToArray(),
            "menu M\nitem --key a one One\nitem --gap\nchoose --timeout 5 x ||\ntime echo ${x:uristring}"u8.ToArray(),
            "set x ${x}${y}\nset y a${x:string} b\nset z:hex 24:7b:7a:7d\necho ${z:string}\nchain s || shell"u8
                .ToArray()),
    ];

    private static bool Lex(ReadOnlySpan<byte> bytes)
    {
        ScriptSource.IsScript(bytes);
        var script = new ScriptSource("fuzz", ByteText.FromBytes(bytes));
        int number = 0, length = 0;
        foreach (ScriptLine line in script.Lines)
        {
            Check.That(line.Number > number);
            number = line.Number;
            length += line.Text.Length + (line.Label?.Length ?? 0);
            if (line.Label is { } label) Check.That(script.Lines[script.FindLabel(label)].Label == label);
            Split(line.Text);
        }
        Check.That(number <= bytes.Length && length <= bytes.Length);
        return true;
    }

    private static bool Expand(string text)
    {
        SettingsStore settings = MakeSettings();
        try
        {
            string expanded = Expansion.Expand(text, settings);
            int open = expanded.IndexOf("${", StringComparison.Ordinal);
            Check.That(open < 0 || expanded.IndexOf('}', open) < 0);
            Check.That(expanded.Length <= Expansion.LengthMax);
            return true;
        }
        catch (BootFailure failure)
        {
            Check.That(
                failure.Kind == ScriptFailure.EndlessExpansion || failure.Kind == ScriptFailure.ExpansionTooLong);
            return true;   // every text is one that can be expanded
        }
    }

    private static bool ParseOptions(string text)
    {
        IReadOnlyList<string> words = CommandLine.Split(text)[0].Words;
        var world = new ScriptWorld();
        bool isParsed = false;
        foreach (Command command in world.Interpreter.Commands.All)
        {
            try
            {
                CommandCall call = CommandCall.Parse(command, words, world.Interpreter);
                foreach (Option option in command.Options)
                {
                    Check.That(call.Has(option) == call.Text(option) is not null);
                    if (option.Value is not null) See((int)call.Milliseconds(option));
                }
                Check.That(call.Arguments.Count < int.Max(words.Count, 1));
                See(call.Joined(0).Length);
                isParsed = true;
            }
            catch (BootFailure failure)
            {
                Check.That(failure.Kind == ScriptFailure.BadOption || failure.Kind == ScriptFailure.BadNumber);
                isParsed |= words.Count > 0 && command.Name == words[0] && failure.Kind == ScriptFailure.BadNumber;
            }
        }
        return isParsed;
    }

    private static bool NameSetting(string text)
    {
        SettingsStore settings = MakeSettings();
        int end = text.IndexOf('\n');
        string name = end < 0 ? text : text[..end], value = end < 0 ? "" : text[(end + 1)..];
        See(SettingName.Parse(name).Name.Length + (int)SettingName.ReadTag(name));
        try
        {
            settings.StoreText(name, value);
            if (value.Length > 0) Check.That(settings.TryFind(SettingName.Parse(name), out _));
            foreach (SettingType type in SettingTypes.All)
            {
                if (settings.TryFormat($"{name.Split(':')[0]}:{type.Name}", out string shown)) See(shown.Length);
            }
            settings.Increase(name, 1);
            settings.Clear(name);
        }
        catch (BootFailure)
        {
            return true;   // refused with a sentence for the user
        }
        return true;
    }

    private static bool Mime(ReadOnlySpan<byte> bytes)
    {
        bool isRecognised = MimeScript.Recognises(bytes);
        if (!MimeScript.TryRead(bytes, out byte[] script, out ParseError error)) return Refused(error);
        Check.That(script.Length <= bytes.Length && (isRecognised || !MimeScript.MayBegin(bytes)));
        return See(script);
    }

    private static bool RunScript(string text)
    {
        var world = new ScriptWorld { InterruptAfterTurns = TurnsMax };
        world.Files["s"] = "#!ipxe\n" + text;
        world.Choices.Enqueue("one");
        world.Interpreter.RunScriptAsync(new ScriptSource("fuzz", text), world.BeginInterruptible().Token);
        return true;
    }

    private static SettingsStore MakeSettings()
    {
        var settings = new SettingsStore();
        settings.Register(new PlainBlock("net0"), settings.Root);
        settings.StoreText("self", "x${self}");
        settings.StoreText("name", "net0");
        settings.StoreText("idx", "mac");
        settings.StoreText("open", "${");
        settings.StoreText("a.b/c:hex", "00:ff:20:24:7b");
        settings.StoreText("net0/mac:hex", "52:54:00:12:34:56");
        settings.StoreText("number:uint32", "0x24247b7d");
        settings.StoreText("once", new string('x', 5_000));
        settings.StoreText("twice", "${once}${once}${once}");
        return settings;
    }
}
