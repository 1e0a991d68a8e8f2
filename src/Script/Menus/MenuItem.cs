namespace Bootlace.Script;

/// <summary>A line of a menu or a form.</summary>
/// <param name="Name">What <c>choose</c> stores when it is chosen, or the setting that a form edits; null: a separator,
/// which can be neither.</param>
/// <param name="Text">What is shown.</param>
/// <param name="Key">The key that chooses it (<see cref="KeyText"/>); 0: none.</param>
/// <param name="IsDefault">A menu begins at it.</param>
/// <param name="IsSecret">A form hides what is typed.</param>
public sealed record MenuItem(string? Name, string Text, int Key = 0, bool IsDefault = false, bool IsSecret = false);
