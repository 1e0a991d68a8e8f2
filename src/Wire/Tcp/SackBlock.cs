namespace Bootlace.Wire;

/// <summary>A run of bytes that arrived out of order (RFC 2018): <paramref name="Start"/> the first, <paramref
/// name="End"/> the one behind the last.</summary>
public readonly record struct SackBlock(SeqNumber Start, SeqNumber End);
