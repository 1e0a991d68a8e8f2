using System;
using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>Settings that are worked out when asked for: the built-in ones. They cannot be changed.</summary>
public sealed class ComputedBlock(string name, string? scope) : SettingsBlock(name)
{
    private readonly List<(SettingKey Key, Func<byte[]?> Compute)> _settings = [];

    /// <inheritdoc/>
    public override string? Scope => scope;

    /// <summary>Adds a setting; a null or empty value counts as unset.</summary>
    public void Add(string settingName, Func<byte[]?> compute) =>
        _settings.Add((DeclaredSettings.Resolve(settingName, scope), compute));

    /// <inheritdoc/>
    public override IReadOnlyList<SettingKey> Keys
    {
        get
        {
            var keys = new List<SettingKey>(_settings.Count);
            foreach ((SettingKey key, _) in _settings) keys.Add(key);
            return keys;
        }
    }

    /// <inheritdoc/>
    public override bool TryFetch(SettingKey key, out StoredSetting found)
    {
        found = default;
        foreach ((SettingKey known, Func<byte[]?> compute) in _settings)
        {
            if (!known.Matches(key)) continue;
            if (compute() is not { Length: > 0 } value) return false;
            found = new StoredSetting(known, value);
            return true;
        }
        return false;
    }
}
