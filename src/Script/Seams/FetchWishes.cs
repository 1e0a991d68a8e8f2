using System;

namespace Bootlace.Script;

/// <summary>How a file is to be fetched.</summary>
/// <param name="Name">The image's name; null: from the URI.</param>
/// <param name="TimeoutMs">Time for the whole transfer; 0 = no limit.</param>
/// <param name="IsQuiet">No progress line.</param>
/// <param name="IsModule">It is to be part of the initrd.</param>
/// <param name="Sha256">The digest its content must have; empty: any.</param>
/// <param name="IsProof">A signature or a signed list: it vouches for files and needs nobody to vouch for it.</param>
public readonly record struct FetchWishes(
    string? Name, long TimeoutMs, bool IsQuiet, bool IsModule, ReadOnlyMemory<byte> Sha256 = default,
    bool IsProof = false);
