using System.Collections.Generic;

namespace System.Runtime.InteropServices;

/// <summary>The insides of collections, for code that must not copy.</summary>
public static class CollectionsMarshal
{
    public static Span<T> AsSpan<T>(List<T>? list) => list is null ? default : list.AsSpan();

    public static void SetCount<T>(List<T> list, int count) => list.SetCount(count);

    public static ref TValue? GetValueRefOrAddDefault<TKey, TValue>(
        Dictionary<TKey, TValue> dictionary, TKey key, out bool exists)
        where TKey : notnull => ref dictionary.FindOrAdd(key, out exists);
}
