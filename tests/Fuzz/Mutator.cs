using System;

namespace Bootlace.Tests.Fuzz;

/// <summary>Spoils good inputs: flips, odd numbers, cuts, copies, insertions, two inputs grown together. Everything
/// follows from the seed.</summary>
internal sealed class Mutator(int seed)
{
    private const int BytesMax = 4096;

    private static readonly byte[] Odd = [0, 1, 2, 3, 4, 7, 8, 0x3f, 0x40, 0x7f, 0x80, 0xc0, 0xfe, 0xff];
    private readonly Random _random = new(seed);

    public byte[] Next(byte[][] samples)
    {
        byte[] input = (byte[])Pick(samples).Clone();
        for (int count = 1 + _random.Next(6); count > 0; count--) input = Mutate(input, samples);
        return input;
    }

    private byte[] Mutate(byte[] input, byte[][] samples)
    {
        if (input.Length == 0) return RandomBytes(1 + _random.Next(64));
        int at = _random.Next(input.Length);
        switch (_random.Next(9))
        {
            case 0:
                input[at] ^= (byte)(1 << _random.Next(8));
                return input;
            case 1:
                input[at] = Odd[_random.Next(Odd.Length)];
                return input;
            case 2:
                input[at] = (byte)_random.Next(256);
                return input;
            case 3:
                input[at] = (byte)(input[at] + _random.Next(-4, 5));
                return input;
            case 4:
                return input[..at];
            case 5:
                return Limit([.. input[..at], .. RandomBytes(1 + _random.Next(16)), .. input[at..]]);
            case 6:
                int end = at + _random.Next(input.Length - at + 1);
                return Limit([.. input[..end], .. input[at..]]);
            case 7:
                byte[] other = Pick(samples);
                return Limit([.. input[..at], .. other[_random.Next(other.Length + 1)..]]);
            default:
                int from = _random.Next(input.Length);
                return [.. input[..Math.Min(at, from)], .. input[Math.Max(at, from)..]];
        }
    }

    private byte[] Pick(byte[][] samples) => samples[_random.Next(samples.Length)];

    private byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Limit(byte[] bytes) => bytes.Length <= BytesMax ? bytes : bytes[..BytesMax];
}
