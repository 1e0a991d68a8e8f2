using System;

namespace Bootlace.Uefi;

/// <summary>Frames on their way out. EDK2's drivers send straight from our memory, so a buffer may not be touched until
/// GetStatus has handed its address back.</summary>
internal sealed unsafe class TransmitPool
{
    public const int SlotBytes = 2048;
    private const int SlotCount = 32;

    /// <summary>Shortest frame without FCS; some drivers do not pad.</summary>
    private const int FrameBytesMin = 60;

    private readonly Services _services;
    private readonly byte* _slots;
    private uint _free = uint.MaxValue;   // one bit per slot

    public TransmitPool(Services services)
    {
        _services = services;
        _slots = services.AllocatePages(SlotCount * SlotBytes);
    }

    public bool IsFull => _free == 0;

    public bool IsIdle => _free == uint.MaxValue;

    /// <summary>Takes a free slot and copies the frame there, padded; null when all are under way.</summary>
    public byte* TryFill(ReadOnlySpan<byte> frame, out int lengthBytes)
    {
        lengthBytes = Math.Max(frame.Length, FrameBytesMin);
        if (_free == 0) return null;
        int index = System.Numerics.BitOperations.TrailingZeroCount(_free);
        _free &= ~(1u << index);
        byte* slot = _slots + index * SlotBytes;
        frame.CopyTo(new Span<byte>(slot, SlotBytes));
        new Span<byte>(slot + frame.Length, lengthBytes - frame.Length).Clear();
        return slot;
    }

    /// <summary>Gives a slot back by its address; an address that is not ours, or comes twice, is ignored.</summary>
    public void Release(void* buffer)
    {
        long offset = (byte*)buffer - _slots;
        if (offset is < 0 or >= SlotCount * SlotBytes || offset % SlotBytes != 0) return;
        _free |= 1u << (int)(offset / SlotBytes);
    }

    /// <summary>Gives all slots back: the card was stopped and sends nothing any more.</summary>
    public void ReleaseAll() => _free = uint.MaxValue;

    public void Free() => _services.FreePages(_slots, SlotCount * SlotBytes);
}
