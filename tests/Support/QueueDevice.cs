using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Support;

/// <summary>A card whose other end is the test: frames to receive are queued, sent ones collected.</summary>
public sealed class QueueDevice(MacAddress address) : INetworkDevice
{
    private readonly Queue<byte[]> _toReceive = new();
    private int _sentAtFlush;

    public MacAddress Address { get; } = address;
    public int FrameBytesMax { get; init; } = 1514;
    public int ReceiveFramesMax { get; init; } = 1024;
    public bool IsLinkUp { get; set; } = true;

    /// <summary>The card has no room: Send answers false.</summary>
    public bool IsFull { get; set; }

    /// <summary>What the stack has sent and the test has not looked at.</summary>
    public Queue<byte[]> Sent { get; } = new();

    public void Deliver(ReadOnlySpan<byte> frame) => _toReceive.Enqueue(frame.ToArray());

    public bool Send(ReadOnlySpan<byte> frame)
    {
        if (IsFull) return false;
        Sent.Enqueue(frame.ToArray());
        return true;
    }

    /// <summary>Frames that waited to be received when the stack last had something sent at once.</summary>
    public int WaitingAtFlush { get; private set; }

    public void Flush()
    {
        if (Sent.Count > _sentAtFlush) WaitingAtFlush = Math.Max(WaitingAtFlush, _toReceive.Count);
        _sentAtFlush = Sent.Count;
    }

    public int Receive(Span<byte> frame)
    {
        if (!_toReceive.TryDequeue(out byte[]? next)) return 0;
        if (next.Length > frame.Length) return next.Length;   // as SNP: the length it would have needed
        next.CopyTo(frame);
        return next.Length;
    }
}
