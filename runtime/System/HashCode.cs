using System.Collections.Generic;

namespace System;

/// <summary>Mixes hash codes. .NET promises no particular values, only that equal inputs give equal ones in one
/// run.</summary>
public struct HashCode
{
    private const uint Seed = 0x811c9dc5;
    private uint _state;    // xor Seed, so that default is the start
    private uint _count;

    public static int Combine<T1>(T1 value1) => Finish(Mix(Seed, value1), 1);

    public static int Combine<T1, T2>(T1 value1, T2 value2) => Finish(Mix(Mix(Seed, value1), value2), 2);

    public static int Combine<T1, T2, T3>(T1 value1, T2 value2, T3 value3) =>
        Finish(Mix(Mix(Mix(Seed, value1), value2), value3), 3);

    public static int Combine<T1, T2, T3, T4>(T1 value1, T2 value2, T3 value3, T4 value4) =>
        Finish(Mix(Mix(Mix(Mix(Seed, value1), value2), value3), value4), 4);

    public static int Combine<T1, T2, T3, T4, T5>(T1 value1, T2 value2, T3 value3, T4 value4, T5 value5) =>
        Finish(Mix(Mix(Mix(Mix(Mix(Seed, value1), value2), value3), value4), value5), 5);

    public static int Combine<T1, T2, T3, T4, T5,
        T6>(T1 value1, T2 value2, T3 value3, T4 value4, T5 value5, T6 value6) =>
        Finish(Mix(Mix(Mix(Mix(Mix(Mix(Seed, value1), value2), value3), value4), value5), value6), 6);

    public void Add<T>(T value) => Add(value, null);

    public void Add<T>(T value, IEqualityComparer<T>? comparer)
    {
        int hash = value is null ? 0 : comparer is null ? value.GetHashCode() : comparer.GetHashCode(value);
        _state = Mix(_state ^ Seed, (uint)hash) ^ Seed;
        _count++;
    }

    public void AddBytes(ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < value.Length; i++) Add(value[i]);
    }

    public readonly int ToHashCode() => Finish(_state ^ Seed, _count);

    private static uint Mix<T>(uint state, T value) => Mix(state, (uint)(value?.GetHashCode() ?? 0));

    private static uint Mix(uint state, uint value) =>
        Numerics.BitOperations.RotateLeft(state ^ value * 0x9e3779b1, 13) * 5 + 0xe6546b64;

    private static int Finish(uint state, uint count)
    {
        state ^= count;
        state = (state ^ state >> 16) * 0x85ebca6b;
        state = (state ^ state >> 13) * 0xc2b2ae35;
        return (int)(state ^ state >> 16);
    }
}
