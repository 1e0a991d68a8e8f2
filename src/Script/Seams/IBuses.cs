namespace Bootlace.Script;

/// <summary>The machine's buses and CPU, as far as commands look at them.</summary>
public interface IBuses
{
    /// <summary>The first PCI function at that address or behind it: segment from bit 16 on, bus 8, device 5, function
    /// 3 bits; null: there is none.</summary>
    uint? FindPci(uint first);

    /// <summary>The first USB device at that address or behind it; null: there is none.</summary>
    uint? FindUsb(uint first);

    /// <summary>Whether the CPU has CPUID: it is an x86.</summary>
    bool HasCpuid { get; }

    /// <summary>The CPU's features by CPUID: leaf 1 or 0x80000001, register EDX or the second one, ECX.</summary>
    uint ReadCpuFeatures(bool isExtended, bool isSecond);
}
