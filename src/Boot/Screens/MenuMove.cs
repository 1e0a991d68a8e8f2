namespace Bootlace.Boot;

/// <summary>What a key did to a menu.</summary>
internal enum MenuMove
{
    /// <summary>The mark moved, or nothing happened.</summary>
    None,
    /// <summary>The marked item is chosen.</summary>
    Chosen,
    /// <summary>The menu was left without a choice.</summary>
    Left,
}
