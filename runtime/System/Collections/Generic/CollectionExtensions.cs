using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

/// <summary>Lists filled from spans, dictionaries asked with a fallback.</summary>
public static class CollectionExtensions
{
    public static void AddRange<T>(this List<T> list, params ReadOnlySpan<T> source)
    {
        ArgumentNullException.ThrowIfNull(list);
        list.AddSpan(source);
    }

    public static void CopyTo<T>(this List<T> list, Span<T> destination)
    {
        ArgumentNullException.ThrowIfNull(list);
        list.AsSpan().CopyTo(destination);
    }

    public static TValue? GetValueOrDefault<TKey, TValue>(
        this IReadOnlyDictionary<TKey, TValue> dictionary, TKey key) =>
        dictionary.TryGetValue(key, out TValue? value) ? value : default;

    public static TValue GetValueOrDefault<TKey, TValue>(
        this IReadOnlyDictionary<TKey, TValue> dictionary, TKey key, TValue defaultValue) =>
        dictionary.TryGetValue(key, out TValue? value) ? value : defaultValue;
}
