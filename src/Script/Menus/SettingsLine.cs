namespace Bootlace.Script;

/// <summary>A line of the settings editor.</summary>
/// <param name="Name">Of the setting, or what the way to another block is called.</param>
/// <param name="Way">The block that it leads to; null: it is a setting.</param>
public sealed record SettingsLine(string Name, SettingsBlock? Way);
