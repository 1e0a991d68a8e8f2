using System;
using System.Collections.Generic;

namespace Bootlace.RuntimeChecks;

/// <summary>Arrays and the operations of Array.</summary>
internal static class ArrayChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Arrays");
        list.Add("index outside", () =>
            Expect.Throws<IndexOutOfRangeException>(() => GC.KeepAlive((new int[3])[Three()])));
        list.Add("negative length", () => Expect.Throws<OverflowException>(() => GC.KeepAlive(new int[Three() - 4])));
        list.Add("storing the wrong type", () =>
            Expect.Throws<ArrayTypeMismatchException>(() => Store(new string[1], new object())));
        list.Add("storing null and the right type", () =>
        {
            var words = new string[2];
            Store(words, "a");
            Expect.Equal("a", words[0]);
            Store(words, null);
            Expect.That(words[0] is null);
        });
        list.Add("storing a derived object", () => Store(new Exception[1], new ArgumentException()));
        list.Add("Copy within itself", () =>
        {
            int[] items = [1, 2, 3, 4, 5];
            Array.Copy(items, 0, items, 1, 4);
            Expect.Sequence<int>([1, 1, 2, 3, 4], items);
        });
        list.Add("Copy of references to a wider array", () =>
        {
            var objects = new object[2];
            Array.Copy(new string[] { "a", "b" }, objects, 2);
            Expect.Equal("b", objects[1]);
        });
        list.Add("Copy past the end", () =>
            Expect.Throws<ArgumentException>(() => Array.Copy(new int[2], 0, new int[2], 1, 2)));
        list.Add("Clear of a part", () =>
        {
            int[] items = [1, 2, 3];
            Array.Clear(items, 1, 1);
            Expect.Sequence<int>([1, 0, 3], items);
        });
        list.Add("Resize", () =>
        {
            int[] items = [1, 2, 3];
            Array.Resize(ref items, 5);
            Expect.Sequence<int>([1, 2, 3, 0, 0], items);
            Array.Resize(ref items, 1);
            Expect.Sequence<int>([1], items);
        });
        list.Add("IndexOf and LastIndexOf", () =>
            Expect.That(Array.IndexOf([1, 2, 1], 1) == 0 && Array.LastIndexOf([1, 2, 1], 1) == 2
            && Array.IndexOf(["a"], "b") == -1));
        list.Add("Reverse and Fill", () =>
        {
            int[] items = [1, 2, 3];
            Array.Reverse(items);
            Expect.Sequence<int>([3, 2, 1], items);
            Array.Fill(items, 7, 1, 2);
            Expect.Sequence<int>([3, 7, 7], items);
        });
        list.Add("Find, FindIndex, Exists, TrueForAll", () =>
        {
            int[] items = [1, 4, 6];
            Expect.That(Array.Find(items, item => item > 3) == 4 && Array.FindIndex(items, item => item > 9) == -1
                && Array.Exists(items, item => item == 6)
                && Array.TrueForAll(items, item => item > 0));
        });
        list.Add("ConvertAll", () =>
            Expect.Sequence<string>(["1", "2"], Array.ConvertAll([1, 2], item => item.ToString())));
        list.Add("BinarySearch", () =>
        {
            int[] items = [10, 20, 30];
            Expect.That(Array.BinarySearch(items, 20) == 1 && Array.BinarySearch(items, 25) == ~2
                && Array.BinarySearch(items, 5) == ~0 && Array.BinarySearch(items, 35) == ~3);
        });
        list.Add("Sort by comparison", () =>
        {
            string[] words = ["ccc", "a", "bb"];
            Array.Sort(words, (a, b) => a.Length.CompareTo(b.Length));
            Expect.Sequence<string>(["a", "bb", "ccc"], words);
        });
        list.Add("Sort of what is sorted, reversed, all equal", () =>
        {
            foreach (int step in (int[])[1, -1, 0])
            {
                var items = new int[500];
                for (int i = 0; i < items.Length; i++) items[i] = i * step;
                Array.Sort(items);
                for (int i = 1; i < items.Length; i++) Expect.That(items[i - 1] <= items[i]);
            }
        });
        list.Add("Sort of an organ pipe does not degenerate", () =>
        {
            var items = new int[20_000];
            for (int i = 0; i < items.Length; i++) items[i] = Math.Min(i, items.Length - i);
            int comparisons = 0;
            Array.Sort(items, (a, b) =>
            {
                comparisons++;
                return a.CompareTo(b);
            });
            Expect.That(comparisons < 2_000_000);
        });
        list.Add("Clone", () =>
        {
            int[] items = [1, 2];
            var copy = (int[])items.Clone();
            copy[0] = 9;
            Expect.That(items[0] == 1 && copy[1] == 2);
        });
        list.Add("empty arrays are one object", () =>
            Expect.That(ReferenceEquals(Array.Empty<int>(), Array.Empty<int>())));
        list.Add("as IEnumerable, IReadOnlyList and IList", () =>
        {
            int sum = 0;
            foreach (int item in (IEnumerable<int>)new[] { 1, 2, 3 }) sum += item;
            IReadOnlyList<string> words = new[] { "a", "b" };
            IList<int> numbers = new int[2];
            numbers[1] = 5;
            Expect.That(sum == 6 && words.Count == 2 && words[1] == "b" && numbers[1] == 5 && numbers.Contains(5));
            Expect.Throws<NotSupportedException>(() => numbers.Add(1));
        });
        list.Add("a string array as a sequence of objects", () =>
        {
            int count = 0;
            foreach (object item in (IEnumerable<object>)new[] { "a", "b" }) count += item is string ? 1 : 0;
            Expect.Equal(2, count);
        });
        list.Add("jagged arrays", () =>
        {
            int[][] rows = [[1], [2, 3], []];
            Expect.That(rows[1][1] == 3 && rows[2].Length == 0);
        });
        list.Add("initialisers of all element sizes", () =>
            Expect.That(new byte[] { 1, 2, 3 }[2] == 3 && new short[] { -1, -2 }[1] == -2
            && new long[] { 1, long.MinValue }[1] == long.MinValue
            && new double[] { 0.5, 1.5 }[1] == 1.5 && new bool[] { false, true }[1]
                && new char[] { 'a', 'b' }[1] == 'b'));
        list.Add("ranges of arrays copy", () =>
        {
            int[] items = [1, 2, 3, 4];
            int[] part = items[1..3];
            part[0] = 9;
            Expect.That(items[1] == 2 && part.Length == 2);
        });
    }

    private static int Three() => 3;

    private static void Store(object?[] array, object? value) => array[0] = value;
}
