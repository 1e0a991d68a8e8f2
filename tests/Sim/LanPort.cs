using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>A card plugged into a <see cref="SimulatedLan"/>. Its ring holds twice what it says may be on the way, as
/// on U-Boot: acknowledgements and ARP need room beside the data.</summary>
public sealed class LanPort(SimulatedLan lan, MacAddress address, int receiveFramesMax) : INetworkDevice
{
    private readonly Queue<byte[]> _ring = new();

    public MacAddress Address => address;
    public int FrameBytesMax => 1514;
    public int ReceiveFramesMax => receiveFramesMax;
    public bool IsLinkUp => true;

    /// <summary>Frames lost because nobody emptied the ring in time.</summary>
    public int Overflows { get; private set; }

    /// <summary>Most frames that were ever waiting.</summary>
    public int Highest { get; private set; }

    public bool Send(ReadOnlySpan<byte> frame)
    {
        lan.Carry(this, frame);
        return true;
    }

    public void Flush() { }

    public int Receive(Span<byte> frame)
    {
        if (!_ring.TryDequeue(out byte[]? next)) return 0;
        next.CopyTo(frame);
        return next.Length;
    }

    internal void Arrive(byte[] frame)
    {
        if (_ring.Count >= 2 * receiveFramesMax)
        {
            Overflows++;
            return;
        }
        _ring.Enqueue(frame);
        Highest = Math.Max(Highest, _ring.Count);
    }
}
