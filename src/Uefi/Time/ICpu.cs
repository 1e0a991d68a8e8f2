using System;

namespace Bootlace.Uefi;

/// <summary>The few CPU instructions C# cannot say. Real: <see cref="Cpu"/>; test: a scripted one.</summary>
public interface ICpu
{
    /// <summary>The cycle or system counter: never stops, never runs backwards.</summary>
    ulong ReadCounter();

    /// <summary>Its ticks per second, where the CPU says (arm64); 0 where it must be measured (x64).</summary>
    ulong CounterFrequency { get; }

    /// <summary>Eight bytes of the CPU's own generator (RDRAND, RNDR); false when it has none or it fails.</summary>
    bool TryReadRandom(out ulong value);

    /// <summary>x86's CPUID: EAX, EBX, ECX, EDX; false on other machines.</summary>
    bool TryIdentify(uint leaf, uint subleaf, Span<uint> registers);

    /// <summary>Calls a function of two arguments by the System V convention, which on x64 is not that of the firmware.
    /// </summary>
    nuint CallBySystemV(nint function, nint first, nint second);
}
