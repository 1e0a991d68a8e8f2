using System;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>Settings that are places in something the machine has: their numbers say where. Only to be read, and only
/// by those who name the block.</summary>
/// <param name="kind">Its name, and the kind of block it is.</param>
public abstract class PlaceBlock(string kind) : SettingsBlock(kind)
{
    /// <inheritdoc/>
    public sealed override string? Scope => Name;

    /// <inheritdoc/>
    public sealed override bool TryFetch(SettingKey key, out StoredSetting found)
    {
        found = default;
        if (key.Scope != Name) return false;
        if (Read(key, out SettingType usual) is not { Length: > 0 } value) return false;
        found = new StoredSetting(key.Type is null ? key with { Type = usual } : key, value);
        return true;
    }

    /// <summary>The bytes there, laid out for the type that is asked for, and the type to show them by if none is;
    /// null: nothing is there.</summary>
    protected abstract byte[]? Read(in SettingKey key, out SettingType usual);

    /// <summary>The other byte order: settings have the most significant byte first.</summary>
    protected static byte[] Reversed(byte[] bytes)
    {
        Array.Reverse(bytes);
        return bytes;
    }
}
