using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Bootlace.Wire;

/// <summary>The checksum of Zstandard frames (RFC 8878, section 3.1.1): XXH64 with seed 0.</summary>
internal sealed class XxHash64
{
    private const ulong Prime1 = 0x9e37_79b1_85eb_ca87, Prime2 = 0xc2b2_ae3d_27d4_eb4f, Prime3 = 0x1656_67b1_9e37_79f9,
        Prime4 = 0x85eb_ca77_c2b2_ae63, Prime5 = 0x27d4_eb2f_1656_67c5;
    private const int StripeBytes = 32, LaneBytes = 8;

    private readonly byte[] _held = new byte[StripeBytes];
    private int _heldBytes;
    private ulong _totalBytes;
    private ulong _lane1, _lane2, _lane3, _lane4;

    public XxHash64() => Restart();

    /// <summary>Forgets everything.</summary>
    public void Restart()
    {
        _heldBytes = 0;
        _totalBytes = 0;
        _lane1 = unchecked(Prime1 + Prime2);
        _lane2 = Prime2;
        _lane3 = 0;
        _lane4 = unchecked(0 - Prime1);
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _totalBytes += (uint)bytes.Length;
        if (_heldBytes > 0)
        {
            int count = Math.Min(StripeBytes - _heldBytes, bytes.Length);
            bytes[..count].CopyTo(_held.AsSpan(_heldBytes));
            _heldBytes += count;
            bytes = bytes[count..];
            if (_heldBytes < StripeBytes) return;
            AddStripes(_held);
            _heldBytes = 0;
        }
        int whole = bytes.Length - bytes.Length % StripeBytes;
        AddStripes(bytes[..whole]);
        bytes[whole..].CopyTo(_held);
        _heldBytes = bytes.Length - whole;
    }

    /// <summary>The checksum of all that was added.</summary>
    public ulong Finish()
    {
        ulong value = _totalBytes >= StripeBytes ? JoinLanes() : Prime5;
        value += _totalBytes;
        ReadOnlySpan<byte> rest = _held.AsSpan(0, _heldBytes);
        for (; rest.Length >= LaneBytes; rest = rest[LaneBytes..])
        {
            value ^= Mix(0, BinaryPrimitives.ReadUInt64LittleEndian(rest));
            value = BitOperations.RotateLeft(value, 27) * Prime1 + Prime4;
        }
        if (rest.Length >= sizeof(uint))
        {
            value ^= BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1;
            value = BitOperations.RotateLeft(value, 23) * Prime2 + Prime3;
            rest = rest[sizeof(uint)..];
        }
        foreach (byte last in rest)
        {
            value ^= last * Prime5;
            value = BitOperations.RotateLeft(value, 11) * Prime1;
        }
        value = (value ^ value >> 33) * Prime2;
        value = (value ^ value >> 29) * Prime3;
        return value ^ value >> 32;
    }

    private void AddStripes(ReadOnlySpan<byte> stripes)
    {
        ulong lane1 = _lane1, lane2 = _lane2, lane3 = _lane3, lane4 = _lane4;
        for (; stripes.Length >= StripeBytes; stripes = stripes[StripeBytes..])
        {
            lane1 = Mix(lane1, BinaryPrimitives.ReadUInt64LittleEndian(stripes));
            lane2 = Mix(lane2, BinaryPrimitives.ReadUInt64LittleEndian(stripes[LaneBytes..]));
            lane3 = Mix(lane3, BinaryPrimitives.ReadUInt64LittleEndian(stripes[(2 * LaneBytes)..]));
            lane4 = Mix(lane4, BinaryPrimitives.ReadUInt64LittleEndian(stripes[(3 * LaneBytes)..]));
        }
        _lane1 = lane1;
        _lane2 = lane2;
        _lane3 = lane3;
        _lane4 = lane4;
    }

    private ulong JoinLanes()
    {
        ulong value = BitOperations.RotateLeft(_lane1, 1) + BitOperations.RotateLeft(_lane2, 7)
            + BitOperations.RotateLeft(_lane3, 12) + BitOperations.RotateLeft(_lane4, 18);
        value = (value ^ Mix(0, _lane1)) * Prime1 + Prime4;
        value = (value ^ Mix(0, _lane2)) * Prime1 + Prime4;
        value = (value ^ Mix(0, _lane3)) * Prime1 + Prime4;
        return (value ^ Mix(0, _lane4)) * Prime1 + Prime4;
    }

    private static ulong Mix(ulong lane, ulong input) =>
        BitOperations.RotateLeft(lane + input * Prime2, 31) * Prime1;
}
