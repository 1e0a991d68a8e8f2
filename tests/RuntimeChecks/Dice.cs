using System;

namespace Bootlace.RuntimeChecks;

/// <summary>Chance that is the same everywhere: xorshift64*.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed * 0x9e3779b97f4a7c15 | 1;

    public ulong NextBits()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545f4914f6cdd1d;
    }

    /// <summary>From 0 to below <paramref name="end"/>.</summary>
    public int Next(int end) => (int)((NextBits() >> 33) % (uint)end);

    /// <summary>Numbers of all magnitudes, the edges often.</summary>
    public long NextNumber()
    {
        long value = (long)(NextBits() >> Next(64));
        return Next(4) switch { 0 => -value, 1 => value ^ long.MinValue, _ => value };
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = (byte)(NextBits() >> 40);
        return bytes;
    }

    /// <summary>Up to <paramref name="lengthMax"/> characters out of <paramref name="alphabet"/>.</summary>
    public string Text(string alphabet, int lengthMax)
    {
        var chars = new char[Next(lengthMax + 1)];
        for (int i = 0; i < chars.Length; i++) chars[i] = alphabet[Next(alphabet.Length)];
        return new string(chars);
    }
}
