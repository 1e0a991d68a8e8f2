using System;
using System.Runtime.InteropServices;

namespace Bootlace.Uefi;

/// <summary>The CPU we run on, through the stubs of runtime/Assembly.</summary>
public sealed unsafe class Cpu : ICpu
{
    private const int RegisterCount = 4;

    /// <inheritdoc/>
    public ulong CounterFrequency => ReadCounterFrequency();

    /// <inheritdoc/>
    public ulong ReadCounter() => ReadCycleCounter();

    /// <inheritdoc/>
    public bool TryReadRandom(out ulong value)
    {
        ulong read = 0;
        bool ok = ReadHardwareRandom(&read) != 0;
        value = read;
        return ok;
    }

    /// <inheritdoc/>
    public bool TryIdentify(uint leaf, uint subleaf, Span<uint> registers)
    {
        uint* read = stackalloc uint[RegisterCount];
        bool ok = ReadCpuIdentity(leaf, subleaf, read) != 0;
        for (int i = 0; i < RegisterCount; i++) registers[i] = read[i];
        return ok;
    }

    /// <inheritdoc/>
    public nuint CallBySystemV(nint function, nint first, nint second) => CallSystemV(function, first, second);

    [DllImport("native")]
    private static extern nuint CallSystemV(nint function, nint first, nint second);

    [DllImport("native")]
    private static extern ulong ReadCycleCounter();

    [DllImport("native")]
    private static extern ulong ReadCounterFrequency();

    [DllImport("native")]
    private static extern int ReadCpuIdentity(uint leaf, uint subleaf, uint* registers);

    [DllImport("native")]
    private static extern int ReadHardwareRandom(ulong* value);
}
