namespace Bootlace.Script;

/// <summary>How a file is to be fetched.</summary>
/// <param name="Name">The image's name; null: from the URI.</param>
/// <param name="TimeoutMs">Time for the whole transfer; 0 = no limit.</param>
/// <param name="IsQuiet">No progress line.</param>
/// <param name="IsModule">It is to be part of the initrd.</param>
public readonly record struct FetchWishes(string? Name, long TimeoutMs, bool IsQuiet, bool IsModule);
