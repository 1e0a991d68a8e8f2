using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>A card on a bad cable: a device around a device that loses, repeats, swaps and damages frames in both
/// directions. Damage stays behind the Ethernet header and off ARP: the FCS would catch the rest.</summary>
public sealed class FaultDevice : INetworkDevice
{
    private const int EthernetBytes = 14;

    private readonly INetworkDevice _inner;
    private readonly Func<byte[], FrameFate> _decide;
    private readonly Random _random;
    private readonly Queue<byte[]> _toReceive = new();
    private byte[]? _heldSent, _heldReceived;

    /// <summary>Faults by chance, the same for the same seed.</summary>
    public FaultDevice(INetworkDevice inner, int seed) : this(inner, null, seed) { }

    /// <summary>Faults by decision.</summary>
    public FaultDevice(INetworkDevice inner, Func<byte[], FrameFate> decide) : this(inner, decide, 0) { }

    private FaultDevice(INetworkDevice inner, Func<byte[], FrameFate>? decide, int seed)
    {
        _inner = inner;
        _random = new Random(seed);
        _decide = decide ?? Chance;
    }

    public int DropPercent { get; init; }
    public int DuplicatePercent { get; init; }
    public int SwapPercent { get; init; }
    public int CorruptPercent { get; init; }

    public MacAddress Address => _inner.Address;
    public int FrameBytesMax => _inner.FrameBytesMax;
    public int ReceiveFramesMax => _inner.ReceiveFramesMax;
    public bool IsLinkUp => _inner.IsLinkUp;

    public bool Send(ReadOnlySpan<byte> frame)
    {
        var passed = new Queue<byte[]>();
        Apply(frame.ToArray(), passed, ref _heldSent);
        foreach (byte[] one in passed) _inner.Send(one);
        return true;
    }

    public void Flush() => _inner.Flush();

    public int Receive(Span<byte> frame)
    {
        while (_toReceive.Count == 0)
        {
            int length = _inner.Receive(frame);
            if (length == 0) return 0;
            Apply(frame[..length].ToArray(), _toReceive, ref _heldReceived);
        }
        byte[] next = _toReceive.Dequeue();
        next.CopyTo(frame);
        return next.Length;
    }

    private void Apply(byte[] frame, Queue<byte[]> passed, ref byte[]? held)
    {
        byte[]? swapped = held;
        held = null;
        switch (_decide(frame))
        {
            case FrameFate.Lose:
                break;
            case FrameFate.Swap when swapped is null:
                held = frame;
                break;
            case FrameFate.Duplicate:
                passed.Enqueue(frame);
                passed.Enqueue([.. frame]);
                break;
            case FrameFate.Corrupt when frame[12] == 8 && frame[13] == 0:
                int bit = _random.Next(8 * EthernetBytes, 8 * frame.Length);
                frame[bit / 8] ^= (byte)(1 << bit % 8);
                passed.Enqueue(frame);
                break;
            default:
                passed.Enqueue(frame);
                break;
        }
        if (swapped is not null) passed.Enqueue(swapped);
    }

    private FrameFate Chance(byte[] frame)
    {
        int throwOf100 = _random.Next(100);
        if ((throwOf100 -= DropPercent) < 0) return FrameFate.Lose;
        if ((throwOf100 -= DuplicatePercent) < 0) return FrameFate.Duplicate;
        if ((throwOf100 -= SwapPercent) < 0) return FrameFate.Swap;
        if (throwOf100 - CorruptPercent < 0) return FrameFate.Corrupt;
        return FrameFate.Deliver;
    }
}
