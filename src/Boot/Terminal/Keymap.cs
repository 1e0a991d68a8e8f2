using System;
using System.Collections.Generic;

namespace Bootlace.Boot;

/// <summary>A keyboard map: firmware takes every keyboard for a US one. Keys that would give letters ASCII does not
/// have stay as they are on a US keyboard, as in iPXE (spec/ipxe-compat.md 3.5).</summary>
public sealed class Keymap
{
    private readonly string _pairs, _altPairs;

    private Keymap(string pairs, string altPairs) => (_pairs, _altPairs) = (pairs, altPairs);

    /// <summary>The names of all maps.</summary>
    public static IReadOnlyList<string> Names
    {
        get
        {
            var names = new List<string>();
            foreach ((string name, _, _) in KeymapTables.All) names.Add(name);
            return names;
        }
    }

    /// <summary>The map of that name; null: there is none.</summary>
    public static Keymap? Find(string name)
    {
        foreach ((string known, string pairs, string altPairs) in KeymapTables.All)
        {
            if (known == name) return new Keymap(pairs, altPairs);
        }
        return null;
    }

    /// <summary>What a key means.</summary>
    /// <param name="character">What it gives on a US keyboard.</param>
    /// <param name="isAlternative">Whether AltGr is held.</param>
    public char Translate(char character, bool isAlternative)
    {
        string pairs = isAlternative ? _altPairs : _pairs;
        for (int i = 0; i + 1 < pairs.Length; i += 2)
        {
            if (pairs[i] == character) return pairs[i + 1];
        }
        return character;
    }
}
