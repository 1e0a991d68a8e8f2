using System;

namespace Bootlace.Script;

/// <summary>Another block under a second name: netX, the most recently opened interface.</summary>
/// <param name="name">Its name.</param>
/// <param name="find">Finds the block meant now; null: none, and then nothing is set here.</param>
public sealed class AliasBlock(string name, Func<SettingsBlock?> find) : SettingsBlock(name)
{
    /// <inheritdoc/>
    public override SettingsBlock Target => find() ?? this;

    /// <inheritdoc/>
    public override bool TryFetch(SettingKey key, out StoredSetting found)
    {
        found = default;
        return false;
    }
}
