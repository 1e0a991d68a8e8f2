using Internal.Runtime;

namespace Bootlace.Runtime;

/// <summary>What the collected heap has seen so far.</summary>
public static class HeapFigures
{
    /// <summary>Bytes taken from the firmware for it.</summary>
    public static long ArenaBytes => (long)Heap.ArenaBytes;

    /// <summary>Bytes of the pages in use, dead objects included.</summary>
    public static long UsedBytes => (long)(Heap.PageCount - Heap.FreePageCount) << Heap.PageShift;

    /// <summary>Bytes found alive by the last collection.</summary>
    public static long LiveBytes => (long)Collector.LiveBytes;

    /// <summary>The most bytes that any collection found alive.</summary>
    public static long PeakLiveBytes => (long)Collector.PeakLiveBytes;

    /// <summary>The most bytes the pages in use ever had.</summary>
    public static long PeakUsedBytes => (long)Heap.PeakUsedPageCount << Heap.PageShift;

    /// <summary>Collections so far.</summary>
    public static int CollectionCount => Collector.CollectionCount;

    /// <summary>Objects allocated so far.</summary>
    public static long AllocationCount => (long)Heap.AllocationCount;
}
