using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Frames that wait for a neighbor's station address: a few per neighbor, the oldest makes room (RFC 1122,
/// 2.3.2.2), few in all. Buffers are used again and again.</summary>
internal sealed class WaitingFrames
{
    private const int FramesMax = 16, FramesPerNeighborMax = 4;

    private struct Waiting
    {
        public bool IsUsed;
        public Ipv4Address NextHop;
        public int Order;
        public int LengthBytes;
        public byte[] Bytes;
    }

    private readonly Waiting[] _frames = new Waiting[FramesMax];
    private int _order;

    /// <summary>Keeps a copy; false when neighbors have taken all the room.</summary>
    public bool Add(Ipv4Address nextHop, ReadOnlySpan<byte> frame)
    {
        int slot = FindSlot(nextHop);
        if (slot < 0) return false;
        ref Waiting waiting = ref _frames[slot];
        if (waiting.Bytes is null || waiting.Bytes.Length < frame.Length) waiting.Bytes = new byte[frame.Length];
        frame.CopyTo(waiting.Bytes);
        waiting.LengthBytes = frame.Length;
        waiting.NextHop = nextHop;
        waiting.Order = _order++;
        waiting.IsUsed = true;
        return true;
    }

    /// <summary>Sends what waits for that neighbor, oldest first.</summary>
    public void Release(Ipv4Address nextHop, MacAddress mac, NetworkInterface through)
    {
        for (int slot = Oldest(nextHop, out _); slot >= 0; slot = Oldest(nextHop, out _))
        {
            _frames[slot].IsUsed = false;
            Span<byte> frame = _frames[slot].Bytes.AsSpan(0, _frames[slot].LengthBytes);
            mac.Write(frame);
            through.Transmit(frame);
        }
    }

    /// <summary>Throws away what waits for that neighbor.</summary>
    public void Forget(Ipv4Address nextHop)
    {
        for (int i = 0; i < FramesMax; i++) if (_frames[i].NextHop == nextHop) _frames[i].IsUsed = false;
    }

    /// <summary>Throws away everything.</summary>
    public void Clear()
    {
        for (int i = 0; i < FramesMax; i++) _frames[i].IsUsed = false;
    }

    private int FindSlot(Ipv4Address nextHop)
    {
        int oldest = Oldest(nextHop, out int count);
        if (count >= FramesPerNeighborMax) return oldest;
        for (int i = 0; i < FramesMax; i++) if (!_frames[i].IsUsed) return i;
        return oldest;
    }

    private int Oldest(Ipv4Address nextHop, out int count)
    {
        int oldest = -1;
        count = 0;
        for (int i = 0; i < FramesMax; i++)
        {
            if (!_frames[i].IsUsed || _frames[i].NextHop != nextHop) continue;
            count++;
            if (oldest < 0 || _frames[i].Order - _frames[oldest].Order < 0) oldest = i;
        }
        return oldest;
    }
}
