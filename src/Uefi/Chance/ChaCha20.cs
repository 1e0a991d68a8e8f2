using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Bootlace.Uefi;

/// <summary>The ChaCha20 block function (RFC 8439, 2.3): the only primitive our random generator needs.</summary>
internal static class ChaCha20
{
    public const int KeyBytes = 32, NonceBytes = 12, BlockBytes = 64;
    private const int Words = 16, DoubleRounds = 10;

    /// <summary>Writes one 64-byte block of key stream.</summary>
    public static void Block(ReadOnlySpan<byte> key, uint counter, ReadOnlySpan<byte> nonce, Span<byte> block)
    {
        Span<uint> start = stackalloc uint[Words];
        start[0] = 0x61707865;
        start[1] = 0x3320646e;
        start[2] = 0x79622d32;
        start[3] = 0x6b206574;
        for (int i = 0; i < 8; i++) start[4 + i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(4 * i)..]);
        start[12] = counter;
        for (int i = 0; i < 3; i++) start[13 + i] = BinaryPrimitives.ReadUInt32LittleEndian(nonce[(4 * i)..]);

        Span<uint> state = stackalloc uint[Words];
        start.CopyTo(state);
        for (int round = 0; round < DoubleRounds; round++)
        {
            QuarterRound(state, 0, 4, 8, 12);
            QuarterRound(state, 1, 5, 9, 13);
            QuarterRound(state, 2, 6, 10, 14);
            QuarterRound(state, 3, 7, 11, 15);
            QuarterRound(state, 0, 5, 10, 15);
            QuarterRound(state, 1, 6, 11, 12);
            QuarterRound(state, 2, 7, 8, 13);
            QuarterRound(state, 3, 4, 9, 14);
        }
        for (int i = 0; i < Words; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(block[(4 * i)..], state[i] + start[i]);
    }

    private static void QuarterRound(Span<uint> state, int a, int b, int c, int d)
    {
        state[a] += state[b];
        state[d] = BitOperations.RotateLeft(state[d] ^ state[a], 16);
        state[c] += state[d];
        state[b] = BitOperations.RotateLeft(state[b] ^ state[c], 12);
        state[a] += state[b];
        state[d] = BitOperations.RotateLeft(state[d] ^ state[a], 8);
        state[c] += state[d];
        state[b] = BitOperations.RotateLeft(state[b] ^ state[c], 7);
    }
}
