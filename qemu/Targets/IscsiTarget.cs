using System.Collections.Generic;

namespace Bootlace.Harness;

/// <summary>An iSCSI target as a test wishes for it.</summary>
/// <param name="Name">Its iSCSI name.</param>
/// <param name="Disks">Paths of the disk images that are its LUNs, from 1 on.</param>
public sealed record IscsiTarget(string Name, params IReadOnlyList<string> Disks)
{
    /// <summary>What an initiator has to prove that it is; null for nothing.</summary>
    public ChapAccount? Incoming { get; init; }

    /// <summary>What the target proves that it is, when asked; null for nothing.</summary>
    public ChapAccount? Outgoing { get; init; }

    /// <summary>Whether it agrees to digests that an initiator offers.</summary>
    public bool HasDigests { get; init; }

    /// <summary>Bytes in a block: 512 or 4096.</summary>
    public int BlockBytes { get; init; } = 512;
}
