namespace Bootlace.Script;

/// <summary>A value as a block holds it.</summary>
/// <param name="Key">The setting as the block knows it, with its type if it has one.</param>
/// <param name="Value">The bytes, at least one.</param>
public readonly record struct StoredSetting(SettingKey Key, byte[] Value);
