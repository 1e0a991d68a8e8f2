using System.Collections.Generic;

namespace System;

/// <summary>The one sort behind arrays, lists and spans: quicksort on the median of three, heap sort when it
/// degenerates, insertion sort for short runs. Not stable, as .NET's.</summary>
internal static class Sorting
{
    private const int InsertionMax = 16;

    public static void Sort<T>(Span<T> span, IComparer<T> comparer)
    {
        int depth = 2 * (32 - Numerics.BitOperations.LeadingZeroCount((uint)span.Length));
        Quick(span, comparer, depth);
    }

    private static void Quick<T>(Span<T> span, IComparer<T> comparer, int depth)
    {
        while (span.Length > InsertionMax)
        {
            if (depth-- == 0)
            {
                Heap(span, comparer);
                return;
            }
            int split = Partition(span, comparer);
            Quick(span.Slice(split + 1), comparer, depth);
            span = span.Slice(0, split);
        }
        Insertion(span, comparer);
    }

    /// <summary>Moves smaller elements before a pivot and larger ones behind it; returns where the pivot
    /// stands.</summary>
    private static int Partition<T>(Span<T> span, IComparer<T> comparer)
    {
        int high = span.Length - 1, middle = high / 2;
        Order(span, comparer, 0, middle);
        Order(span, comparer, 0, high);
        Order(span, comparer, middle, high);
        T pivot = span[middle];
        Swap(span, middle, high - 1);
        int left = 0, right = high - 1;
        while (true)
        {
            do left++; while (left < high && comparer.Compare(span[left], pivot) < 0);
            do right--; while (right > 0 && comparer.Compare(pivot, span[right]) < 0);
            if (left >= right) break;
            Swap(span, left, right);
        }
        Swap(span, left, high - 1);
        return left;
    }

    private static void Heap<T>(Span<T> span, IComparer<T> comparer)
    {
        for (int i = span.Length / 2 - 1; i >= 0; i--) Sink(span, comparer, i);
        for (int end = span.Length - 1; end > 0; end--)
        {
            Swap(span, 0, end);
            Sink(span.Slice(0, end), comparer, 0);
        }
    }

    private static void Sink<T>(Span<T> heap, IComparer<T> comparer, int at)
    {
        while (true)
        {
            int child = 2 * at + 1;
            if (child >= heap.Length) return;
            if (child + 1 < heap.Length && comparer.Compare(heap[child], heap[child + 1]) < 0) child++;
            if (comparer.Compare(heap[at], heap[child]) >= 0) return;
            Swap(heap, at, child);
            at = child;
        }
    }

    private static void Insertion<T>(Span<T> span, IComparer<T> comparer)
    {
        for (int i = 1; i < span.Length; i++)
        {
            T item = span[i];
            int j = i - 1;
            while (j >= 0 && comparer.Compare(item, span[j]) < 0)
            {
                span[j + 1] = span[j];
                j--;
            }
            span[j + 1] = item;
        }
    }

    private static void Order<T>(Span<T> span, IComparer<T> comparer, int low, int high)
    {
        if (comparer.Compare(span[low], span[high]) > 0) Swap(span, low, high);
    }

    private static void Swap<T>(Span<T> span, int a, int b) => (span[a], span[b]) = (span[b], span[a]);
}
