using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Frames the card had no room for, in order, in buffers that are used again and again.</summary>
internal sealed class FrameBacklog(int frameBytesMax)
{
    private const int FramesMax = 16;

    private readonly byte[][] _frames = new byte[FramesMax][];
    private readonly int[] _lengths = new int[FramesMax];
    private int _first;

    public int Count { get; private set; }

    /// <summary>Keeps a copy; false when the backlog is full.</summary>
    public bool TryAdd(ReadOnlySpan<byte> frame)
    {
        if (Count == FramesMax) return false;
        int slot = (_first + Count) % FramesMax;
        byte[] buffer = _frames[slot] ??= new byte[frameBytesMax];
        frame.CopyTo(buffer);
        _lengths[slot] = frame.Length;
        Count++;
        return true;
    }

    public ReadOnlySpan<byte> First
    {
        get
        {
            Check.That(Count > 0);
            return _frames[_first].AsSpan(0, _lengths[_first]);
        }
    }

    public void RemoveFirst()
    {
        Check.That(Count > 0);
        _first = (_first + 1) % FramesMax;
        Count--;
    }

    public void Clear() => Count = 0;
}
