using System;
using System.Collections.Generic;
using Bootlace.Uefi;

namespace Bootlace.Tests.Uefi.Fakes;

/// <summary>A CPU whose counter runs at 1 MHz: one tick is one microsecond.</summary>
public sealed class FakeCpu : ICpu
{
    private ulong _random = 0x1234;

    public ulong Counter { get; set; } = 5_000_000;

    /// <summary>Ticks that pass with each look at the counter.</summary>
    public ulong TicksPerRead { get; set; }

    public ulong CounterFrequency { get; set; } = 1_000_000;

    public bool HasRandom { get; set; }

    public bool IsRandomStuck { get; set; }

    public ulong ReadCounter() => Counter += TicksPerRead;

    /// <summary>What CPUID answers: leaf and subleaf, then the registers; none: this is no x86.</summary>
    public Dictionary<(uint, uint), uint[]> Identity { get; } = [];

    public bool TryIdentify(uint leaf, uint subleaf, Span<uint> registers)
    {
        if (Identity.TryGetValue((leaf, subleaf), out uint[]? found)) found.CopyTo(registers);
        return Identity.Count > 0;
    }

    /// <summary>What was called so.</summary>
    public List<(nint Function, nint First, nint Second)> Calls { get; } = [];

    public nuint CallBySystemV(nint function, nint first, nint second)
    {
        Calls.Add((function, first, second));
        return 0;
    }

    public bool TryReadRandom(out ulong value)
    {
        if (!IsRandomStuck) _random = _random * 6364136223846793005 + 1442695040888963407;
        value = _random;
        return HasRandom;
    }
}
