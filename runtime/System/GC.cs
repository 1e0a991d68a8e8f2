using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public static class GC
{
    public static void Collect() => Collector.TryCollect();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void KeepAlive(object? obj) { }

    public static void SuppressFinalize(object obj) { }

    public static int CollectionCount(int generation) => Collector.CollectionCount;

    public static long GetTotalMemory(bool forceFullCollection)
    {
        if (forceFullCollection) Collector.TryCollect();
        return (long)Heap.UsedBytes;
    }

    public static T[] AllocateUninitializedArray<T>(int length, bool pinned = false) => new T[length];

    public static T[] AllocateArray<T>(int length, bool pinned = false) => new T[length];
}
