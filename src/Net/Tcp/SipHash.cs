using System;
using System.Buffers.Binary;
using System.Numerics;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash of short inputs that nobody without the key can
/// predict.</summary>
public static class SipHash
{
    /// <summary>Length of the key.</summary>
    public const int KeyBytes = 16;

    /// <summary>The 64-bit hash of <paramref name="data"/> under a 16-byte key.</summary>
    public static ulong Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        Check.That(key.Length == KeyBytes);
        ulong k0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        ulong k1 = BinaryPrimitives.ReadUInt64LittleEndian(key.Slice(8));
        var state = new State(k0, k1);
        int offset = 0;
        for (; data.Length - offset >= 8; offset += 8)
            state.Absorb(BinaryPrimitives.ReadUInt64LittleEndian(data.Slice(offset)));
        ulong last = (ulong)data.Length << 56;
        for (int i = 0; offset + i < data.Length; i++) last |= (ulong)data[offset + i] << 8 * i;
        state.Absorb(last);
        return state.Finish();
    }

    private struct State(ulong k0, ulong k1)
    {
        private ulong _v0 = k0 ^ 0x736f6d6570736575;   // "somepseudorandomlygeneratedbytes"
        private ulong _v1 = k1 ^ 0x646f72616e646f6d;
        private ulong _v2 = k0 ^ 0x6c7967656e657261;
        private ulong _v3 = k1 ^ 0x7465646279746573;

        public void Absorb(ulong word)
        {
            _v3 ^= word;
            Round();
            Round();
            _v0 ^= word;
        }

        public ulong Finish()
        {
            _v2 ^= 0xff;
            for (int i = 0; i < 4; i++) Round();
            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        private void Round()
        {
            _v0 += _v1;
            _v2 += _v3;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v1;
            _v0 += _v3;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
