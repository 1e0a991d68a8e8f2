using System;
using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>Settings that are worked out when asked for: the built-in ones. Most of them cannot be changed.</summary>
public sealed class ComputedBlock(string name, string? scope) : SettingsBlock(name)
{
    private readonly List<(SettingKey Key, Func<byte[]?> Compute, Action<byte[]?>? Change)> _settings = [];

    /// <inheritdoc/>
    public override string? Scope => scope;

    /// <summary>Adds a setting; a null or empty value counts as unset. <paramref name="change"/> is what storing it
    /// does; null: it cannot be stored.</summary>
    public void Add(string settingName, Func<byte[]?> compute, Action<byte[]?>? change = null) =>
        _settings.Add((DeclaredSettings.Resolve(settingName, scope), compute, change));

    /// <inheritdoc/>
    public override IReadOnlyList<SettingKey> Keys
    {
        get
        {
            var keys = new List<SettingKey>(_settings.Count);
            foreach ((SettingKey key, _, _) in _settings) keys.Add(key);
            return keys;
        }
    }

    /// <inheritdoc/>
    public override bool TryFetch(SettingKey key, out StoredSetting found)
    {
        found = default;
        foreach ((SettingKey known, Func<byte[]?> compute, _) in _settings)
        {
            if (!known.Matches(key)) continue;
            if (compute() is not { Length: > 0 } value) return false;
            found = new StoredSetting(known, value);
            return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public override bool CanStore(SettingKey key) =>
        _settings.Exists(it => it.Change is not null && it.Key.Matches(key));

    /// <inheritdoc/>
    public override void Store(SettingKey key, byte[]? value)
    {
        foreach ((SettingKey known, _, Action<byte[]?>? change) in _settings)
        {
            if (change is null || !known.Matches(key)) continue;
            change(value);
            return;
        }
        base.Store(key, value);
    }
}
