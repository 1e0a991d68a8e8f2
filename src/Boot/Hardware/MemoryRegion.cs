namespace Bootlace.Boot;

/// <summary>A stretch of memory.</summary>
/// <param name="Start">Its physical address.</param>
/// <param name="LengthBytes">Its length.</param>
public readonly record struct MemoryRegion(ulong Start, ulong LengthBytes);
