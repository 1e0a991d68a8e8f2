using System;
using Bootlace.Crypto;
using Bootlace.Script;

namespace Bootlace.Loader;

/// <summary>The settings block <c>loader</c>: how the loader itself is doing, for benchmarks and bug reports.</summary>
internal static class HeapBlock
{
    /// <summary>Makes the block; <c>show loader/heap</c> says how much of the collected heap was ever in use,
    /// <c>show loader/crypto</c> how much of the C library's.</summary>
    public static ComputedBlock Create(Arena crypto)
    {
        var block = new ComputedBlock("loader", null);
        Add(block, "heap", Describe);
        Add(block, "crypto", () => Describe(crypto));
        return block;
    }

    private static void Add(ComputedBlock block, string name, Func<string> describe) =>
        block.Add(name, () => SettingTypes.String.Parse(ByteText.FromUnicode(describe())));

    private static string Describe(Arena crypto) =>
        $"{crypto.UsedBytes >> 10} KiB, peak {crypto.UsedBytesMost >> 10} KiB of {crypto.TakenBytes >> 10} KiB";

#if FREESTANDING
    private static string Describe() =>
        $"peak {Runtime.HeapFigures.PeakUsedBytes >> 10} KiB of {Runtime.HeapFigures.ArenaBytes >> 10} KiB, "
        + $"live {Runtime.HeapFigures.LiveBytes >> 10} KiB, {Runtime.HeapFigures.CollectionCount} collections, "
        + $"{Runtime.HeapFigures.AllocationCount} allocations";
#else
    private static string Describe() => $"in use {System.GC.GetTotalMemory(false) >> 10} KiB";
#endif
}
