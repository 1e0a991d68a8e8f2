using System;
using Bootlace.Net;

namespace Bootlace.Boot;

/// <summary>Where a disk hangs among the firmware's devices.</summary>
public readonly struct DiskPlace
{
    /// <summary>The card it is reached through; its device path comes first. Null: below the loader's own
    /// device.</summary>
    public INetworkDevice? Card { get; init; }

    /// <summary>Device path nodes behind it, without an end node: an iSCSI node, a URI node. They make the path
    /// unique; the last may not be a media node.</summary>
    public required ReadOnlyMemory<byte> Nodes { get; init; }
}
