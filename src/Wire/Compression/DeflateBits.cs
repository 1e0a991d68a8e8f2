using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>The bits of a deflate stream, lowest bit of each byte first (RFC 1951, section 3.1.1).</summary>
/// <param name="bytes">The stream.</param>
/// <param name="place">Where to go on.</param>
internal ref struct DeflateBits(ReadOnlySpan<byte> bytes, DeflateBits.Position place = default)
{
    /// <summary>How far a stream has been read.</summary>
    /// <param name="Next">Bytes taken out of it.</param>
    /// <param name="Held">Bits of them that are still to be read, and what follows.</param>
    /// <param name="HeldCount">How many.</param>
    public readonly record struct Position(int Next, ulong Held, int HeldCount);

    /// <summary>The most that may be taken at once, or looked at after <see cref="Fill"/>.</summary>
    public const int TakeBitsMax = 16;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _next = place.Next;
    private ulong _held = place.Held;   // above _heldCount lie zeroes or the very bits that come next
    private int _heldCount = place.HeldCount;

    /// <summary>How far it has been read.</summary>
    public readonly Position Place => new(_next, _held, _heldCount);

    /// <summary>The bytes have ended where more were asked for.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Bytes begun so far.</summary>
    public readonly int UsedBytes => _next - _heldCount / 8;

    /// <summary>The next bits, lowest first; zeroes after the end.</summary>
    public readonly uint Peek => (uint)_held;

    /// <summary>Holds enough bits to look at, unless the bytes end.</summary>
    public void Fill()
    {
        if (_heldCount >= TakeBitsMax) return;
        if (_bytes.Length - _next >= sizeof(ulong))
        {
            _held |= BinaryPrimitives.ReadUInt64LittleEndian(_bytes[_next..]) << _heldCount;
            int added = (63 - _heldCount) / 8;
            _next += added;
            _heldCount += added * 8;
            return;
        }
        while (_heldCount <= 56 && _next < _bytes.Length)
        {
            _held |= (ulong)_bytes[_next++] << _heldCount;
            _heldCount += 8;
        }
    }

    /// <summary>Leaves bits behind that have been looked at; false: there are not that many.</summary>
    public bool TryDrop(int count)
    {
        if (count > _heldCount)
        {
            IsExhausted = true;
            return false;
        }
        _held >>= count;
        _heldCount -= count;
        return true;
    }

    /// <summary>Takes a number of up to <see cref="TakeBitsMax"/> bits.</summary>
    public bool TryTake(int count, out int value)
    {
        Fill();
        value = (int)(Peek & (1u << count) - 1);
        return TryDrop(count);
    }

    /// <summary>Takes whole bytes, from the next byte boundary on.</summary>
    public bool TryTakeBytes(int count, out ReadOnlySpan<byte> value)
    {
        _next = UsedBytes;
        _held = 0;
        _heldCount = 0;
        value = default;
        if (count > _bytes.Length - _next)
        {
            IsExhausted = true;
            return false;
        }
        value = _bytes.Slice(_next, count);
        _next += count;
        return true;
    }
}
