using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>The tree of all settings: lookup, storing, and telling the rest of the loader of changes
/// (spec/ipxe-compat.md 3.3).</summary>
public sealed class SettingsStore
{
    private const int ScopeDepthMax = 16;

    /// <summary>What scripts may store altogether: one that sets ever new names shall not eat the heap.</summary>
    private const long StoredBytesMax = 8 << 20;

    private readonly List<Action> _appliers = [];
    private long _roomBytes;

    /// <summary>The root: plain variables.</summary>
    public PlainBlock Root { get; } = new("");

    /// <summary>Calls <paramref name="apply"/> after every change: it reads what it needs and acts on it, as the
    /// address of an interface.</summary>
    public void AddApplier(Action apply) => _appliers.Add(apply);

    /// <summary>Calls it no more: what it acted on is gone.</summary>
    public void RemoveApplier(Action apply) => _appliers.Remove(apply);

    /// <summary>Hangs a block below <paramref name="parent"/>; one of the same name there is dropped first.</summary>
    public void Register(SettingsBlock block, SettingsBlock parent)
    {
        if (parent.FindChild(block.Name) is { } old) parent.Detach(old);
        parent.Attach(block);
        Apply();
    }

    /// <summary>Takes a block out.</summary>
    public void Remove(SettingsBlock block)
    {
        if (block.Parent is null) return;
        block.Parent.Detach(block);
        Apply();
    }

    /// <summary>The block at a dotted path, or null. An empty component means the block itself.</summary>
    public SettingsBlock? FindBlock(string path)
    {
        SettingsBlock block = Root;
        if (path.Length == 0) return block;
        foreach (string name in Components(path))
        {
            if (block.FindChild(name) is not { } child) return null;
            block = child.Target;
        }
        return block;
    }

    /// <summary>The value a reference stands for, as bytes with their origin; false when it has none, or its scope or
    /// type does not exist.</summary>
    public bool TryFind(SettingName name, out FoundSetting found)
    {
        found = default;
        SettingType? type = name.TypeName is null ? null : SettingType.Find(name.TypeName);
        if (name.TypeName is not null && type is null) return false;
        if (FindBlock(name.Scope) is not { } block) return false;
        SettingKey key = DeclaredSettings.Resolve(name.Name, block.Scope);
        if (type is not null) key = key with { Type = type };   // some blocks lay their bytes out by the type
        if (!TryFetch(block, key, out SettingsBlock origin, out StoredSetting stored)) return false;
        type = key.Type ?? stored.Key.Type ?? SettingTypes.String;
        found = new FoundSetting(origin, stored.Key.Name, type, stored.Value);
        return true;
    }

    /// <summary>The bytes of a setting looked up from <paramref name="block"/> downwards; null when it has
    /// none.</summary>
    public byte[]? Fetch(SettingsBlock block, string name) =>
        TryFetch(block, DeclaredSettings.Resolve(name, block.Scope), out _, out StoredSetting stored)
            ? stored.Value : null;

    /// <summary>The text of <c>${reference}</c>.</summary>
    public bool TryFormat(string reference, out string text)
    {
        text = "";
        return TryFind(SettingName.Parse(reference), out FoundSetting found)
            && found.Type.TryFormat(found.Value, out text);
    }

    /// <summary>The number that <c>${reference}</c> holds; null when it has no value, or none that is a number.
    /// </summary>
    public long? ReadNumber(string reference)
    {
        if (!TryFind(SettingName.Parse(reference), out FoundSetting found)) return null;
        return IntegerType.TryReadNumber(found.Value, IsSigned(found.Type), out long number) ? number : null;
    }

    /// <summary>Stores a text by the setting's type; an empty text deletes. Missing scopes are made.</summary>
    public void StoreText(string reference, string text)
    {
        SettingName name = SettingName.Parse(reference);
        SettingType? type = RequireType(name);
        SettingsBlock block = FindBlock(name.Scope) ?? MakeBlock(name.Scope);
        SettingKey key = DeclaredSettings.Resolve(name.Name, block.Scope);
        type ??= key.Type ?? SettingTypes.String;
        StoreIn(block, key with { Type = type }, text.Length == 0 ? null : type.Parse(text));
    }

    /// <summary>Stores bytes; their type is the reference's, else <paramref name="usual"/>. Missing scopes are made.
    /// </summary>
    public void StoreBytes(string reference, byte[] value, SettingType usual)
    {
        SettingName name = SettingName.Parse(reference);
        SettingType type = RequireType(name) ?? usual;
        SettingsBlock block = FindBlock(name.Scope) ?? MakeBlock(name.Scope);
        StoreIn(block, DeclaredSettings.Resolve(name.Name, block.Scope) with { Type = type }, value);
    }

    /// <summary>Deletes a setting; one that is not there is no failure.</summary>
    public void Clear(string reference)
    {
        SettingName name = SettingName.Parse(reference);
        if (FindBlock(name.Scope) is not { } block) return;
        SettingKey key = DeclaredSettings.Resolve(name.Name, block.Scope);
        if (block.TryFetch(key, out _)) StoreIn(block, key, null);
    }

    /// <summary>Adds to a number; unset counts as 0, a setting without a type becomes an int32. Text counts as the
    /// number it reads as and stays text (iPXE takes its characters for a big-endian number). The scope must exist.
    /// </summary>
    public void Increase(string reference, long amount)
    {
        SettingName name = SettingName.Parse(reference);
        SettingType? type = RequireType(name);
        SettingsBlock block = FindBlock(name.Scope)
            ?? throw new BootFailure(ScriptFailure.NoSuchScope,
                $"No settings scope '{ByteText.ToUnicode(name.Scope)}'");
        SettingKey key = DeclaredSettings.Resolve(name.Name, block.Scope);
        long number = 0;
        if (TryFetch(block, key, out _, out StoredSetting stored))
        {
            type ??= key.Type ?? stored.Key.Type;
            if (type == SettingTypes.String) number = NumberText.Read(ByteText.FromBytes(stored.Value));
            else if (!IntegerType.TryReadNumber(stored.Value, IsSigned(type), out number))
                throw new BootFailure(ScriptFailure.NumberTooLarge);
        }
        type ??= key.Type ?? SettingTypes.Int32;
        StoreIn(block, key with { Type = type }, type.FromNumber(unchecked(number + amount)));
    }

    /// <summary>Stores bytes in a block and tells everybody.</summary>
    public void StoreIn(SettingsBlock block, SettingKey key, byte[]? value)
    {
        if (value is not null) TakeRoom(PlainBlock.CostBytes(key, value));
        block.Store(key, value);
        if (key.Matches(DeclaredSettings.Priority)) block.Parent?.Reorder(block);
        Apply();
    }

    /// <summary>Tells everybody: something changed that is not stored here.</summary>
    public void Apply()
    {
        foreach (Action apply in _appliers) apply();
    }

    /// <summary>Counts what is stored anew only when the room that was left then is used up: what was deleted or
    /// overwritten since gives its room back.</summary>
    private void TakeRoom(long bytes)
    {
        if (bytes > _roomBytes)
        {
            _roomBytes = StoredBytesMax - CostBytes(Root);
            if (bytes > _roomBytes) throw new BootFailure(ScriptFailure.TooManySettings);
        }
        _roomBytes -= bytes;
    }

    private static long CostBytes(SettingsBlock block)
    {
        long bytes = PlainBlock.BlockCostBytes;
        if (block is PlainBlock plain)
        {
            foreach (StoredSetting stored in plain.Stored) bytes += PlainBlock.CostBytes(stored.Key, stored.Value);
        }
        foreach (SettingsBlock child in block.Children) bytes += CostBytes(child);
        return bytes;
    }

    /// <summary>The block itself, then its children, depth first.</summary>
    private static bool TryFetch(SettingsBlock block, SettingKey key, out SettingsBlock origin, out StoredSetting found)
    {
        origin = block.Target;
        if (origin.TryFetch(key, out found)) return true;
        foreach (SettingsBlock child in origin.Children)
        {
            if (TryFetch(child, key, out origin, out found)) return true;
        }
        return false;
    }

    private static bool IsSigned(SettingType? type) =>
        type != SettingTypes.Uint8 && type != SettingTypes.Uint16 && type != SettingTypes.Uint32;

    private static SettingType? RequireType(SettingName name)
    {
        if (name.TypeName is null) return null;
        return SettingType.Find(name.TypeName)
            ?? throw new BootFailure(ScriptFailure.UnknownType,
                $"Unknown setting type '{ByteText.ToUnicode(name.TypeName)}'");
    }

    private SettingsBlock MakeBlock(string path)
    {
        SettingsBlock block = Root;
        List<string> names = Components(path);
        if (names.Count > ScopeDepthMax)
            throw new BootFailure(ScriptFailure.NoSuchScope, "The settings scope is nested too deeply");
        foreach (string name in names)
        {
            if (block.FindChild(name) is { } child)
            {
                block = child.Target;
                continue;
            }
            TakeRoom(PlainBlock.BlockCostBytes);
            var made = new PlainBlock(name);
            block.Attach(made);
            block = made;
        }
        return block;
    }

    private static List<string> Components(string path)
    {
        var names = new List<string>();
        int start = 0;
        while (start < path.Length)
        {
            int dot = path.IndexOf('.', start);
            int end = dot < 0 ? path.Length : dot;
            if (end > start) names.Add(path.Substring(start, end - start));
            start = end + 1;
        }
        return names;
    }
}
