using System;
using System.Numerics;

namespace Bootlace.Uefi;

/// <summary>Frames on their way out: first queued, then with the card. EDK2's drivers send straight from our memory, so
/// a buffer may not be touched until GetStatus has handed its address back.</summary>
internal sealed unsafe class TransmitPool
{
    public const int SlotBytes = 2048;

    /// <summary>More than a peer's usual window of 64 KiB holds, so that it is the window that ends a burst.</summary>
    private const int SlotCount = 64;

    /// <summary>Shortest frame without FCS; some drivers do not pad.</summary>
    private const int FrameBytesMin = 60;

    private readonly Services _services;
    private readonly byte* _slots;
    private readonly int[] _lengths = new int[SlotCount];
    private readonly byte[] _queue = new byte[SlotCount];   // slots in the order of their frames
    private int _queueHead;
    private ulong _free = ulong.MaxValue;   // one bit per slot

    public TransmitPool(Services services)
    {
        _services = services;
        _slots = services.AllocatePages(SlotCount * SlotBytes);
    }

    public bool IsFull => _free == 0;

    public bool IsIdle => _free == ulong.MaxValue;

    /// <summary>Frames the card has not been given yet.</summary>
    public int QueuedCount { get; private set; }

    /// <summary>Queues a copy of the frame, padded; false when all slots are taken.</summary>
    public bool TryQueue(ReadOnlySpan<byte> frame)
    {
        if (_free == 0 || QueuedCount == SlotCount) return false;   // both: a card may hand back what is still queued
        int index = BitOperations.TrailingZeroCount(_free);
        _free &= _free - 1;
        int length = Math.Max(frame.Length, FrameBytesMin);
        byte* slot = _slots + index * SlotBytes;
        frame.CopyTo(new Span<byte>(slot, SlotBytes));
        if (length > frame.Length) new Span<byte>(slot + frame.Length, length - frame.Length).Clear();
        _lengths[index] = length;
        _queue[(_queueHead + QueuedCount++) % SlotCount] = (byte)index;
        return true;
    }

    /// <summary>The oldest queued frame, which stays queued; null when there is none.</summary>
    public byte* Peek(out int lengthBytes)
    {
        lengthBytes = 0;
        if (QueuedCount == 0) return null;
        int index = _queue[_queueHead];
        lengthBytes = _lengths[index];
        return _slots + index * SlotBytes;
    }

    /// <summary>The oldest queued frame is the card's now.</summary>
    public void Dequeue()
    {
        _queueHead = (_queueHead + 1) % SlotCount;
        QueuedCount--;
    }

    /// <summary>Gives a slot back by its address; an address that is not ours, or comes twice, is ignored.</summary>
    public void Release(void* buffer)
    {
        long offset = (byte*)buffer - _slots;
        if (offset is < 0 or >= SlotCount * SlotBytes || offset % SlotBytes != 0) return;
        _free |= 1ul << (int)(offset / SlotBytes);
    }

    /// <summary>Gives all slots back: the card was stopped and sends nothing any more.</summary>
    public void ReleaseAll()
    {
        _free = ulong.MaxValue;
        QueuedCount = 0;
    }

    public void Free() => _services.FreePages(_slots, SlotCount * SlotBytes);
}
