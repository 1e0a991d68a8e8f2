using System;
using System.Buffers.Binary;
using System.Numerics;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>MD4 (RFC 1320), which the library has no more: broken long ago, for <c>md4sum</c> only.</summary>
public sealed class Md4
{
    private const int BlockBytes = 64, LengthOffset = 56;
    private const uint SecondConstant = 0x5a82_7999, ThirdConstant = 0x6ed9_eba1;   // roots of 2 and 3

    private readonly byte[] _held = new byte[BlockBytes];
    private readonly uint[] _words = new uint[BlockBytes / sizeof(uint)];
    private int _heldBytes;
    private ulong _totalBytes;
    private uint _a = 0x6745_2301, _b = 0xefcd_ab89, _c = 0x98ba_dcfe, _d = 0x1032_5476;

    private static ReadOnlySpan<byte> SecondOrder => [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15];
    private static ReadOnlySpan<byte> ThirdOrder => [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15];
    private static ReadOnlySpan<byte> Shifts => [3, 7, 11, 19, 3, 5, 9, 13, 3, 9, 11, 15];

    /// <summary>Takes the next piece of the message.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        _totalBytes += (uint)piece.Length;
        while (piece.Length > 0)
        {
            int count = Math.Min(BlockBytes - _heldBytes, piece.Length);
            piece[..count].CopyTo(_held.AsSpan(_heldBytes));
            _heldBytes += count;
            piece = piece[count..];
            if (_heldBytes == BlockBytes) Mix();
        }
    }

    /// <summary>Writes the digest; nothing can be added after.</summary>
    /// <returns>Its length.</returns>
    public int Finish(Span<byte> target)
    {
        Check.That(target.Length >= HashKinds.DigestBytesOf(HashKind.Md4));
        ulong bits = _totalBytes * 8;
        Add([0x80]);
        if (_heldBytes > LengthOffset) Pad(BlockBytes);
        Pad(LengthOffset);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, bits);
        Add(length);
        BinaryPrimitives.WriteUInt32LittleEndian(target, _a);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], _b);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], _c);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], _d);
        return HashKinds.DigestBytesOf(HashKind.Md4);
    }

    private void Pad(int upTo)
    {
        while (_heldBytes != upTo % BlockBytes) Add([0]);
    }

    private void Mix()
    {
        _heldBytes = 0;
        for (int i = 0; i < _words.Length; i++)
            _words[i] = BinaryPrimitives.ReadUInt32LittleEndian(_held.AsSpan(i * sizeof(uint)));
        uint a = _a, b = _b, c = _c, d = _d;
        for (int step = 0; step < 48; step++)
        {
            int at = step % 16;
            uint mixed = (step / 16) switch
            {
                0 => (b & c | ~b & d) + _words[at],
                1 => (b & c | b & d | c & d) + _words[SecondOrder[at]] + SecondConstant,
                _ => (b ^ c ^ d) + _words[ThirdOrder[at]] + ThirdConstant,
            };
            uint next = BitOperations.RotateLeft(a + mixed, Shifts[step / 16 * 4 + step % 4]);
            (a, b, c, d) = (d, next, b, c);
        }
        _a += a;
        _b += b;
        _c += c;
        _d += d;
    }
}
