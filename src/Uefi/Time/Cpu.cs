using System.Runtime.InteropServices;

namespace Bootlace.Uefi;

/// <summary>The CPU we run on, through the stubs of runtime/Assembly.</summary>
public sealed unsafe class Cpu : ICpu
{
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

    [DllImport("native")]
    private static extern ulong ReadCycleCounter();

    [DllImport("native")]
    private static extern ulong ReadCounterFrequency();

    [DllImport("native")]
    private static extern int ReadHardwareRandom(ulong* value);
}
