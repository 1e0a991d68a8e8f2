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

    /// <summary>The name of the only initiator that it lets in; null for anybody.</summary>
    public string? Initiator { get; init; }

    /// <summary>Whether it agrees to digests that an initiator offers.</summary>
    public bool HasDigests { get; init; }

    /// <summary>Bytes in a block: 512 or 4096.</summary>
    public int BlockBytes { get; init; } = 512;

    /// <summary>Seconds between two pings of an idle initiator (NOP-In), which is given up when it does not answer
    /// <see cref="PingsUnanswered"/> of them; 0 for no pings.</summary>
    public int PingSeconds { get; init; }

    /// <summary>Pings without an answer after which the target drops the connection.</summary>
    public const int PingsUnanswered = 10;
}
