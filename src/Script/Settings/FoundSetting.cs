namespace Bootlace.Script;

/// <summary>A value and where it came from.</summary>
/// <param name="Origin">The block that had it.</param>
/// <param name="Name">What that block calls it.</param>
/// <param name="Type">How it is shown.</param>
/// <param name="Value">Its bytes.</param>
public readonly record struct FoundSetting(SettingsBlock Origin, string Name, SettingType Type, byte[] Value)
{
    /// <summary><c>scope/name:type</c>, as <c>show</c> prints it.</summary>
    public string FullName =>
        Origin.FullName.Length == 0 ? $"{Name}:{Type.Name}" : $"{Origin.FullName}/{Name}:{Type.Name}";
}
