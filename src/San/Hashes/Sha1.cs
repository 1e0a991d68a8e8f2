using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Bootlace.San;

/// <summary>SHA-1 (RFC 3174).</summary>
internal sealed class Sha1 : BlockHash
{
    private const int Steps = 80;

    public override string Name => "SHA-1";
    protected override bool IsBigEndian => true;
    protected override ReadOnlySpan<uint> InitialState =>
        [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];

    protected override void Compress(ReadOnlySpan<byte> block, Span<uint> state)
    {
        Span<uint> words = stackalloc uint[Steps];
        for (int i = 0; i < 16; i++) words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..]);
        for (int i = 16; i < Steps; i++)
            words[i] = BitOperations.RotateLeft(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);

        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
        for (int step = 0; step < Steps; step++)
        {
            (uint mixed, uint constant) = (step / 20) switch
            {
                0 => (b & c | ~b & d, 0x5a827999u),
                1 => (b ^ c ^ d, 0x6ed9eba1u),
                2 => (b & c | b & d | c & d, 0x8f1bbcdcu),
                _ => (b ^ c ^ d, 0xca62c1d6u),
            };
            uint next = BitOperations.RotateLeft(a, 5) + mixed + e + words[step] + constant;
            (a, b, c, d, e) = (next, a, BitOperations.RotateLeft(b, 30), c, d);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }
}
