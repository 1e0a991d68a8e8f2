using Bootlace.Script;

namespace Bootlace.Loader;

/// <summary>The settings block <c>loader</c>: how the loader itself is doing, for benchmarks and bug reports.</summary>
internal static class HeapBlock
{
    /// <summary>Makes the block; <c>show loader/heap</c> says how much of the collected heap was ever in use.</summary>
    public static ComputedBlock Create()
    {
        var block = new ComputedBlock("loader", null);
        block.Add("heap", () => SettingTypes.String.Parse(ByteText.FromUnicode(Describe())));
        return block;
    }

#if FREESTANDING
    private static string Describe() =>
        $"peak {Runtime.HeapFigures.PeakUsedBytes >> 10} KiB of {Runtime.HeapFigures.ArenaBytes >> 10} KiB, "
        + $"live {Runtime.HeapFigures.LiveBytes >> 10} KiB, {Runtime.HeapFigures.CollectionCount} collections, "
        + $"{Runtime.HeapFigures.AllocationCount} allocations";
#else
    private static string Describe() => $"in use {System.GC.GetTotalMemory(false) >> 10} KiB";
#endif
}
