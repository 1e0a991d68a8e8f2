using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>keymaps: writes the loader's keyboard maps anew from X's layouts. For whoever adds one; the file it writes
/// is kept.</summary>
internal static class KeymapsVerb
{
    private const string SymbolsFolder = "/usr/share/X11/xkb/symbols";

    /// <summary>The keys of a US keyboard: their names, then what each gives without and with Shift.</summary>
    private static readonly (string Row, int First, string Plain, string Shifted)[] s_rows =
    [
        ("AE", 1, "1234567890-=", "!@#$%^&*()_+"), ("AD", 1, "qwertyuiop[]", "QWERTYUIOP{}"),
        ("AC", 1, "asdfghjkl;'", "ASDFGHJKL:\""), ("AB", 1, "zxcvbnm,./", "ZXCVBNM<>?"),
    ];

    /// <summary>iPXE's names (spec/ipxe-compat.md 3.5), and the layouts they are.</summary>
    private static readonly (string Name, string Layout)[] s_maps =
    [
        ("al", "al"), ("by", "by"), ("cf", "ca(fr)"), ("cz", "cz"), ("de", "de"), ("dk", "dk"), ("es", "es"),
        ("et", "ee"), ("fi", "fi"), ("fr", "fr"), ("gr", "gr"), ("hu", "hu"), ("il", "il"), ("it", "it"), ("lt", "lt"),
        ("mk", "mk"), ("mt", "mt"), ("nl", "nl"), ("no", "no"), ("no-latin1", "no"), ("pl", "pl"), ("pt", "pt"),
        ("ro", "ro"), ("ru", "ru"), ("se", "se"), ("sg", "ch(de)"), ("sr-latin", "rs(latin)"), ("ua", "ua"),
        ("uk", "gb"), ("us", "us"),
    ];

    private static readonly Dictionary<string, char> s_names = new()
    {
        ["exclam"] = '!', ["quotedbl"] = '"', ["numbersign"] = '#', ["dollar"] = '$', ["percent"] = '%',
        ["ampersand"] = '&', ["apostrophe"] = '\'', ["quoteright"] = '\'', ["parenleft"] = '(', ["parenright"] = ')',
        ["asterisk"] = '*', ["plus"] = '+', ["comma"] = ',', ["minus"] = '-', ["period"] = '.', ["slash"] = '/',
        ["colon"] = ':', ["semicolon"] = ';', ["less"] = '<', ["equal"] = '=', ["greater"] = '>', ["question"] = '?',
        ["at"] = '@', ["bracketleft"] = '[', ["backslash"] = '\\', ["bracketright"] = ']', ["asciicircum"] = '^',
        ["underscore"] = '_', ["grave"] = '`', ["quoteleft"] = '`', ["braceleft"] = '{', ["bar"] = '|',
        ["braceright"] = '}', ["asciitilde"] = '~',
        // What waits for a letter on a desktop is a character of its own here.
        ["dead_grave"] = '`', ["dead_acute"] = '\'', ["dead_circumflex"] = '^', ["dead_tilde"] = '~',
        ["dead_diaeresis"] = '"',
    };

    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        Command command = new("keymaps", "Writes src/Boot/Terminal/KeymapTables.cs anew, from Debian's xkb-data.");
        command.SetAction(_ => Write());
        return command;
    }

    private static int Write()
    {
        if (!Directory.Exists(SymbolsFolder)) throw new HarnessException($"{SymbolsFolder}: install xkb-data");
        var symbols = new XkbSymbols(SymbolsFolder);
        var text = new StringBuilder("""
            namespace Bootlace.Boot;

            /// <summary>What the keys of other keyboards give where a US keyboard gives something else: pairs of
            /// characters, first the US one. Written by ./build.sh keymaps from Debian's xkb-data.</summary>
            internal static class KeymapTables
            {
                /// <summary>Name; pairs of plain and shifted keys; pairs of keys with AltGr.</summary>
                public static readonly (string Name, string Pairs, string AltPairs)[] All =
                [

            """);
        foreach ((string name, string layout) in s_maps)
        {
            Dictionary<string, string[]> keys = symbols.Read(layout);
            var plain = new StringBuilder();
            var alternative = new StringBuilder();
            foreach ((string key, char without, char with) in Keys())
            {
                Add(plain, without, Symbol(keys, key, 0), isAlternative: false);
                Add(plain, with, Symbol(keys, key, 1), isAlternative: false);
                char? third = Symbol(keys, key, 2);
                // EDK2 gives the key beside the left Shift, which US keyboards do not have, as this one.
                if (key == "BKSL") third ??= Symbol(keys, "LSGT", 2);
                Add(alternative, without, third, isAlternative: true);
            }
            text.Append("        (\"").Append(name).Append("\", ").Append(Literal(plain)).Append(",\n            ")
                .Append(Literal(alternative)).Append("),\n");
        }
        text.Append("    ];\n}\n");
        string path = Path.Combine(Repository.Root, "src", "Boot", "Terminal", "KeymapTables.cs");
        File.WriteAllText(path, text.ToString().ReplaceLineEndings("\n"));
        Console.WriteLine($"{path}: {s_maps.Length} keyboard maps");
        return 0;
    }

    private static IEnumerable<(string Key, char Without, char With)> Keys()
    {
        yield return ("TLDE", '`', '~');
        foreach ((string row, int first, string plain, string shifted) in s_rows)
        {
            for (int i = 0; i < plain.Length; i++) yield return ($"{row}{first + i:00}", plain[i], shifted[i]);
        }
        yield return ("BKSL", '\\', '|');
    }

    private static void Add(StringBuilder pairs, char from, char? to, bool isAlternative)
    {
        if (to is { } character && (isAlternative || character != from)) pairs.Append(from).Append(character);
    }

    private static char? Symbol(Dictionary<string, string[]> keys, string key, int level)
    {
        if (!keys.TryGetValue(key, out string[]? levels) || level >= levels.Length) return null;
        string symbol = levels[level];
        if (symbol.Length == 1 && char.IsAsciiLetterOrDigit(symbol[0])) return symbol[0];
        return s_names.TryGetValue(symbol, out char found) ? found : null;
    }

    private static string Literal(StringBuilder text) =>
        "\"" + text.ToString().Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
