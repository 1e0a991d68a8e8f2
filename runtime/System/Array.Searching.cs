using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace System;

public abstract partial class Array
{
    public static void Fill<T>(T[] array, T value)
    {
        ArgumentNullException.ThrowIfNull(array);
        for (int i = 0; i < array.Length; i++) array[i] = value;
    }

    public static void Fill<T>(T[] array, T value, int startIndex, int count)
    {
        ArgumentNullException.ThrowIfNull(array);
        if ((uint)startIndex > (uint)array.Length) ThrowHelper.ArgumentOutOfRange(nameof(startIndex));
        if ((uint)count > (uint)(array.Length - startIndex)) ThrowHelper.ArgumentOutOfRange(nameof(count));
        for (int i = startIndex; i < startIndex + count; i++) array[i] = value;
    }

    public static int IndexOf<T>(T[] array, T value)
    {
        ArgumentNullException.ThrowIfNull(array);
        return IndexOf(array, value, 0, array.Length);
    }

    public static int IndexOf<T>(T[] array, T value, int startIndex)
    {
        ArgumentNullException.ThrowIfNull(array);
        return IndexOf(array, value, startIndex, array.Length - startIndex);
    }

    public static int IndexOf<T>(T[] array, T value, int startIndex, int count)
    {
        ArgumentNullException.ThrowIfNull(array);
        if ((uint)startIndex > (uint)array.Length) ThrowHelper.ArgumentOutOfRange(nameof(startIndex));
        if ((uint)count > (uint)(array.Length - startIndex)) ThrowHelper.ArgumentOutOfRange(nameof(count));
        EqualityComparer<T> comparer = EqualityComparer<T>.Default;
        for (int i = startIndex; i < startIndex + count; i++)
        {
            if (comparer.Equals(array[i], value)) return i;
        }
        return -1;
    }

    public static int LastIndexOf<T>(T[] array, T value)
    {
        ArgumentNullException.ThrowIfNull(array);
        return array.Length == 0 ? -1 : LastIndexOf(array, value, array.Length - 1, array.Length);
    }

    public static int LastIndexOf<T>(T[] array, T value, int startIndex, int count)
    {
        ArgumentNullException.ThrowIfNull(array);
        if ((uint)startIndex >= (uint)array.Length) ThrowHelper.ArgumentOutOfRange(nameof(startIndex));
        if ((uint)count > (uint)(startIndex + 1)) ThrowHelper.ArgumentOutOfRange(nameof(count));
        EqualityComparer<T> comparer = EqualityComparer<T>.Default;
        for (int i = startIndex; i > startIndex - count; i--)
        {
            if (comparer.Equals(array[i], value)) return i;
        }
        return -1;
    }

    public static bool Exists<T>(T[] array, Predicate<T> match) => FindIndex(array, match) >= 0;

    public static T? Find<T>(T[] array, Predicate<T> match)
    {
        int index = FindIndex(array, match);
        return index < 0 ? default : array[index];
    }

    public static int FindIndex<T>(T[] array, Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(match);
        for (int i = 0; i < array.Length; i++)
        {
            if (match(array[i])) return i;
        }
        return -1;
    }

    public static T[] FindAll<T>(T[] array, Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(array);
        return new List<T>(array).FindAll(match).ToArray();
    }

    public static bool TrueForAll<T>(T[] array, Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return FindIndex(array, item => !match(item)) < 0;
    }

    public static void ForEach<T>(T[] array, Action<T> action)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(action);
        for (int i = 0; i < array.Length; i++) action(array[i]);
    }

    public static TOutput[] ConvertAll<TInput, TOutput>(TInput[] array, Converter<TInput, TOutput> converter)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(converter);
        var converted = new TOutput[array.Length];
        for (int i = 0; i < array.Length; i++) converted[i] = converter(array[i]);
        return converted;
    }

    public static ReadOnlyCollection<T> AsReadOnly<T>(T[] array) => new(array);

    public static void Reverse<T>(T[] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        Reverse(array, 0, array.Length);
    }

    public static void Reverse<T>(T[] array, int index, int length)
    {
        ArgumentNullException.ThrowIfNull(array);
        for (int i = index, j = index + length - 1; i < j; i++, j--) (array[i], array[j]) = (array[j], array[i]);
    }

    public static void Sort<T>(T[] array) => Sort(array, (IComparer<T>?)null);

    public static void Sort<T>(T[] array, IComparer<T>? comparer)
    {
        ArgumentNullException.ThrowIfNull(array);
        Sorting.Sort(array.AsSpan(), comparer ?? Comparer<T>.Default);
    }

    public static void Sort<T>(T[] array, Comparison<T> comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        Sort(array, Comparer<T>.Create(comparison));
    }

    public static void Sort<T>(T[] array, int index, int length) => Sort(array, index, length, null);

    public static void Sort<T>(T[] array, int index, int length, IComparer<T>? comparer)
    {
        ArgumentNullException.ThrowIfNull(array);
        Sorting.Sort(array.AsSpan(index, length), comparer ?? Comparer<T>.Default);
    }

    public static int BinarySearch<T>(T[] array, T value)
    {
        ArgumentNullException.ThrowIfNull(array);
        return BinarySearch(array, 0, array.Length, value, null);
    }

    public static int BinarySearch<T>(T[] array, T value, IComparer<T>? comparer)
    {
        ArgumentNullException.ThrowIfNull(array);
        return BinarySearch(array, 0, array.Length, value, comparer);
    }

    /// <summary>The index found, or the complement of where it would belong.</summary>
    public static int BinarySearch<T>(T[] array, int index, int length, T value, IComparer<T>? comparer = null)
    {
        ArgumentNullException.ThrowIfNull(array);
        comparer ??= Comparer<T>.Default;
        int low = index, high = index + length - 1;
        while (low <= high)
        {
            int middle = low + (high - low) / 2;
            int order = comparer.Compare(array[middle], value);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
