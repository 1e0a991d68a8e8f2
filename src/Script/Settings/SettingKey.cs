namespace Bootlace.Script;

/// <summary>Which setting is meant inside a block: by name, or by number (spec/ipxe-compat.md 1.5).</summary>
/// <param name="Name">Its name; for an undeclared number the number as written.</param>
/// <param name="Tag">Its number; 0: none.</param>
/// <param name="Scope">For declared settings of one kind of block: that kind.</param>
/// <param name="Type">Its type as written or declared; null: none known.</param>
public readonly record struct SettingKey(string Name, ulong Tag, string? Scope, SettingType? Type)
{
    /// <summary>Equal number and scope, or equal name.</summary>
    public bool Matches(SettingKey other) =>
        (Tag != 0 && Tag == other.Tag && Scope == other.Scope) || Name == other.Name;
}
