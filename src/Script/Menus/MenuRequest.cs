namespace Bootlace.Script;

/// <summary>A choice that the user is asked for.</summary>
/// <param name="Menu">From these.</param>
/// <param name="Start">The item that is marked at first, by its index; it can be chosen.</param>
/// <param name="TimeoutMs">The marked item is chosen when nobody has typed for so long; 0 = never.</param>
/// <param name="RetimeoutMs">The same once somebody has typed.</param>
public readonly record struct MenuRequest(Menu Menu, int Start, long TimeoutMs, long RetimeoutMs);
