using System;

namespace Bootlace.Uefi;

/// <summary>Frames a timer callback has taken off the card until the loop asks for them. Raw memory, so that the
/// callback neither allocates nor touches the collected heap's books.</summary>
internal sealed unsafe class FrameRing
{
    public const int SlotBytes = 2048;
    private const int SlotCount = 64;

    private readonly Services _services;
    private readonly byte* _slots;
    private readonly int* _lengths;
    private int _head, _count;

    public FrameRing(Services services)
    {
        _services = services;
        _slots = services.AllocatePages(TotalBytes);
        _lengths = (int*)(_slots + SlotCount * SlotBytes);
    }

    private static nuint TotalBytes => SlotCount * (SlotBytes + sizeof(int));

    /// <summary>Where the next frame may be written; null when the ring is full.</summary>
    public byte* Room => _count == SlotCount ? null : _slots + (_head + _count) % SlotCount * SlotBytes;

    /// <summary>Takes what was written to <see cref="Room"/> as the newest frame.</summary>
    public void Push(int lengthBytes)
    {
        _lengths[(_head + _count) % SlotCount] = lengthBytes;
        _count++;
    }

    /// <summary>Copies the oldest frame out, cut to the room there is; 0 when there is none.</summary>
    public int Take(Span<byte> frame)
    {
        if (_count == 0) return 0;
        int length = Math.Min(_lengths[_head], frame.Length);
        new ReadOnlySpan<byte>(_slots + _head * SlotBytes, length).CopyTo(frame);
        _head = (_head + 1) % SlotCount;
        _count--;
        return length;
    }

    public void Clear() => _count = 0;

    public void Free() => _services.FreePages(_slots, TotalBytes);
}
