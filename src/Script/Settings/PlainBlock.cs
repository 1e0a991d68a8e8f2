using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>A block that remembers whatever is stored: the root's variables, made-up scopes, what scripts set on an
/// interface.</summary>
public class PlainBlock(string name, int order = 0) : SettingsBlock(name, order)
{
    /// <summary>What an empty block counts for: more than its bytes, as every lookup may walk through all
    /// blocks.</summary>
    internal const int BlockCostBytes = 4096;

    private const int SettingCostBytes = 128;

    private readonly List<StoredSetting> _stored = [];

    /// <summary>What is stored, in order of first storing.</summary>
    public IReadOnlyList<StoredSetting> Stored => _stored;

    /// <inheritdoc/>
    public override bool TryFetch(SettingKey key, out StoredSetting found)
    {
        int index = IndexOf(key);
        found = index < 0 ? default : _stored[index];
        return index >= 0;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SettingKey> Keys
    {
        get
        {
            var keys = new List<SettingKey>(_stored.Count);
            foreach (StoredSetting stored in _stored) keys.Add(stored.Key);
            return keys;
        }
    }

    /// <inheritdoc/>
    public override bool CanStore(SettingKey key) => true;

    /// <inheritdoc/>
    public override void Store(SettingKey key, byte[]? value)
    {
        int index = IndexOf(key);
        if (index >= 0 && value is null) _stored.RemoveAt(index);
        else if (index >= 0) _stored[index] = new StoredSetting(key, value!);
        else if (value is not null) _stored.Add(new StoredSetting(key, value));
    }

    /// <summary>What a setting takes up, roughly.</summary>
    internal static long CostBytes(SettingKey key, byte[] value) =>
        SettingCostBytes + sizeof(char) * (long)key.Name.Length + value.Length;

    private int IndexOf(SettingKey key)
    {
        for (int i = 0; i < _stored.Count; i++)
        {
            if (_stored[i].Key.Matches(key)) return i;
        }
        return -1;
    }
}
