using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>A block of settings as <c>config</c> shows it: the blocks below, then what is set, then what could be. It
/// only computes.</summary>
public sealed class SettingsPage
{
    private readonly SettingsStore _settings;
    private readonly List<SettingsLine> _lines = [];

    /// <summary>Reads a block.</summary>
    public SettingsPage(SettingsStore settings, SettingsBlock block)
    {
        (_settings, Block) = (settings, block);
        if (block.Parent is not null) _lines.Add(new SettingsLine("..", block.Parent));
        foreach (SettingsBlock child in block.Children) _lines.Add(new SettingsLine(child.Name + "/", child.Target));
        AddSettings();
    }

    /// <summary>What it shows.</summary>
    public SettingsBlock Block { get; }

    /// <summary>From the top; in a block that holds nothing and takes nothing there may be none.</summary>
    public IReadOnlyList<SettingsLine> Lines => _lines;

    /// <summary>The setting's value as it is now, looked up as a script would; false: it has none.</summary>
    public bool TryFind(string name, out FoundSetting found) =>
        _settings.TryFind(new SettingName(Block.FullName, name, null), out found);

    /// <summary>The value as text; what is not of its type as hex.</summary>
    public static string Format(FoundSetting found) =>
        found.Type.TryFormat(found.Value, out string text)
        || SettingTypes.HexRaw.TryFormat(found.Value, out text) ? text : "";

    /// <summary>Stores what was typed. The type stays what it was.</summary>
    /// <exception cref="BootFailure">It is no value of that type, or cannot be changed.</exception>
    public void Store(string name, string text)
    {
        string type = TryFind(name, out FoundSetting found) ? ":" + found.Type.Name : "";
        _settings.StoreText($"{Block.FullName}/{name}{type}", text);
    }

    /// <summary>Deletes a setting of this block.</summary>
    /// <exception cref="BootFailure">It comes from another block, or cannot be changed.</exception>
    public void Delete(string name)
    {
        if (!TryFind(name, out FoundSetting found)) return;
        if (found.Origin != Block)
            throw new BootFailure(
                ScriptFailure.ReadOnlySetting, $"It comes from {ByteText.ToUnicode(found.Origin.FullName)}");
        _settings.Clear($"{Block.FullName}/{name}");
    }

    private void AddSettings()
    {
        var keys = new List<SettingKey>();
        foreach (SettingKey key in Block.Keys) AddNew(keys, key);
        foreach (SettingKey key in DeclaredSettings.All)
        {
            if (key.Scope is null || key.Scope == Block.Scope) AddNew(keys, key);
        }
        var set = new List<string>();
        var unset = new List<string>();
        foreach (SettingKey key in keys)
        {
            if (TryFind(key.Name, out _)) set.Add(key.Name);
            else if (Block.CanStore(key)) unset.Add(key.Name);
        }
        Add(set);
        Add(unset);
    }

    private void Add(List<string> names)
    {
        names.Sort(string.CompareOrdinal);
        foreach (string name in names) _lines.Add(new SettingsLine(name, null));
    }

    private static void AddNew(List<SettingKey> keys, SettingKey key)
    {
        foreach (SettingKey known in keys)
        {
            if (known.Name == key.Name || known.Matches(key)) return;
        }
        keys.Add(key);
    }
}
