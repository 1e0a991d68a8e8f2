using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Bootlace.San;

/// <summary>SHA3-256 (FIPS 202): a sponge of 25 lanes of 64 bits, of which 17 take the message.</summary>
internal sealed class Sha3 : HashFunction
{
    private const int Lanes = 25, Rounds = 24, LaneBytes = 8, RateBytes = 17 * LaneBytes;
    private const byte Suffix = 0x06, LastBit = 0x80;   // "01" for SHA3, then the padding 1 0...0 1

    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
        0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    public override string Name => "SHA3-256";
    public override int DigestBytes => 32;

    /// <summary>The lanes in the order in which rho and pi visit them, and how far each is turned.</summary>
    private static ReadOnlySpan<byte> Path =>
        [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];
    private static ReadOnlySpan<byte> Turns =>
        [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    public override int Hash(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        Span<ulong> state = stackalloc ulong[Lanes];
        state.Clear();
        ReadOnlySpan<byte> rest = message;
        for (; rest.Length >= RateBytes; rest = rest[RateBytes..]) Absorb(rest[..RateBytes], state);
        Span<byte> end = stackalloc byte[RateBytes];
        end.Clear();
        rest.CopyTo(end);
        end[rest.Length] = Suffix;
        end[^1] |= LastBit;
        Absorb(end, state);
        end.Clear();   // it may have held a secret
        for (int i = 0; i < DigestBytes / LaneBytes; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(digest[(LaneBytes * i)..], state[i]);
        return DigestBytes;
    }

    private static void Absorb(ReadOnlySpan<byte> block, Span<ulong> state)
    {
        for (int i = 0; i < RateBytes / LaneBytes; i++)
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(LaneBytes * i)..]);
        for (int round = 0; round < Rounds; round++)
        {
            Theta(state);
            RhoAndPi(state);
            Chi(state);
            state[0] ^= RoundConstants[round];
        }
    }

    private static void Theta(Span<ulong> state)
    {
        Span<ulong> columns = stackalloc ulong[5];
        for (int x = 0; x < 5; x++)
            columns[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        for (int i = 0; i < Lanes; i++)
            state[i] ^= columns[(i + 4) % 5] ^ BitOperations.RotateLeft(columns[(i + 1) % 5], 1);
    }

    private static void RhoAndPi(Span<ulong> state)
    {
        ulong carried = state[1];
        for (int i = 0; i < Path.Length; i++)
        {
            int lane = Path[i];
            (carried, state[lane]) = (state[lane], BitOperations.RotateLeft(carried, Turns[i]));
        }
    }

    private static void Chi(Span<ulong> state)
    {
        for (int row = 0; row < Lanes; row += 5)
        {
            ulong first = state[row], second = state[row + 1];
            for (int x = 0; x < 3; x++) state[row + x] ^= ~state[row + x + 1] & state[row + x + 2];
            state[row + 3] ^= ~state[row + 4] & first;
            state[row + 4] ^= ~first & second;
        }
    }
}
