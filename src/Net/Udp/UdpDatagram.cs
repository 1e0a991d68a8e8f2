using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>A received datagram, valid until the next call of its socket.</summary>
public readonly ref struct UdpDatagram
{
    internal UdpDatagram(in UdpQueue.Entry entry, ReadOnlySpan<byte> payload)
    {
        Source = entry.Source;
        SourcePort = entry.SourcePort;
        Target = entry.Target;
        Interface = entry.Interface!;
        Payload = payload;
    }

    /// <summary>The sender.</summary>
    public IpAddress Source { get; }

    /// <summary>The sender's port.</summary>
    public ushort SourcePort { get; }

    /// <summary>To which address it was sent: ours, or a broadcast.</summary>
    public IpAddress Target { get; }

    /// <summary>Where it came in.</summary>
    public NetworkInterface Interface { get; }

    /// <summary>What was sent.</summary>
    public ReadOnlySpan<byte> Payload { get; }
}
