using System;
using System.Collections.Generic;

namespace Bootlace.RuntimeChecks;

/// <summary>List, also against an array kept by hand.</summary>
internal static class ListChecks
{
    public static void Register(CheckList list)
    {
        list.Group("List");
        list.Add("Add grows", () =>
        {
            var items = new List<int>();
            for (int i = 0; i < 1000; i++) items.Add(i);
            Expect.That(items.Count == 1000 && items[999] == 999 && items.Capacity == 1024);
        });
        list.Add("index outside", () =>
            Expect.Throws<ArgumentOutOfRangeException>(() => GC.KeepAlive(new List<int> { 1 }[1])));
        list.Add("setting beyond Count", () =>
            Expect.Throws<ArgumentOutOfRangeException>(() => new List<int>(4)[0] = 1));
        list.Add("Insert at both ends and in between", () =>
        {
            var items = new List<string> { "b" };
            items.Insert(0, "a");
            items.Insert(2, "d");
            items.Insert(2, "c");
            Same("a b c d", items);
        });
        list.Add("AddRange, InsertRange, of itself too", () =>
        {
            var items = new List<string> { "a", "b" };
            items.AddRange(items);
            items.InsertRange(1, items);
            Same("a a b a b b a b", items);
        });
        list.Add("AddRange of a span", () =>
        {
            var items = new List<int> { 1 };
            items.AddRange((ReadOnlySpan<int>)[2, 3]);
            Expect.Sequence<int>([1, 2, 3], items.ToArray());
        });
        list.Add("Remove, RemoveAt, RemoveRange", () =>
        {
            var items = new List<string> { "a", "b", "c", "d", "e" };
            Expect.That(items.Remove("b") && !items.Remove("x"));
            items.RemoveAt(3);
            items.RemoveRange(1, 1);
            Same("a d", items);
        });
        list.Add("RemoveAll", () =>
        {
            var items = new List<int> { 1, 2, 3, 4, 5 };
            Expect.Equal(2, items.RemoveAll(item => item % 2 == 0));
            Expect.Sequence<int>([1, 3, 5], items.ToArray());
        });
        list.Add("Find and its kin", () =>
        {
            var items = new List<int> { 3, 5, 7, 5 };
            Expect.That(items.Find(item => item > 3) == 5 && items.FindIndex(2, item => item == 5) == 3
                && items.FindLastIndex(item => item == 5) == 3
                && items.Exists(item => item == 7) && items.FindAll(item => item == 5).Count == 2
                    && items.IndexOf(7) == 2 && items.LastIndexOf(5) == 3 && !items.Contains(4));
        });
        list.Add("Sort, Reverse, BinarySearch", () =>
        {
            var items = new List<int> { 3, 1, 2 };
            items.Sort();
            Expect.Equal(1, items.BinarySearch(2));
            items.Reverse();
            Expect.Sequence<int>([3, 2, 1], items.ToArray());
            items.Sort((a, b) => a - b);
            Expect.Equal(1, items[0]);
        });
        list.Add("changing while walking fails", () => Expect.Throws<InvalidOperationException>(() =>
        {
            var items = new List<int> { 1, 2, 3 };
            foreach (int item in items) items.Add(item);
        }));
        list.Add("walking by interface", () =>
        {
            int sum = 0;
            foreach (int item in (IEnumerable<int>)new List<int> { 1, 2, 3 }) sum += item;
            Expect.Equal(6, sum);
        });
        list.Add("Clear lets go and goes on", () =>
        {
            var items = new List<object> { new(), new() };
            items.Clear();
            items.Add("a");
            Expect.That(items.Count == 1 && (string)items[0] == "a");
        });
        list.Add("GetRange and slices", () =>
        {
            var items = new List<int> { 1, 2, 3, 4 };
            Expect.Sequence<int>([2, 3], items.GetRange(1, 2).ToArray());
            Expect.Sequence<int>([2, 3], items[1..3].ToArray());
            Expect.Equal(4, items[^1]);
        });
        list.Add("list patterns", () => Expect.That(new List<int> { 1, 2, 3 } is [1, .., 3] and not [_, _]));
        list.Add("ForEach, TrueForAll, AsReadOnly", () =>
        {
            var items = new List<int> { 1, 2 };
            int sum = 0;
            items.ForEach(item => sum += item);
            Expect.That(sum == 3 && items.TrueForAll(item => item > 0) && items.AsReadOnly()[1] == 2);
        });
        list.Add("random edits against an array", RandomEdits);
    }

    private static void Same(string expected, List<string> items) => Expect.Equal(expected, string.Join(' ', items));

    private static void RandomEdits()
    {
        var dice = new Dice(61);
        var items = new List<int>();
        var plain = new int[1000];
        int count = 0;
        for (int step = 0; step < 1000; step++)
        {
            int at = dice.Next(count + 1);
            if (dice.Next(3) > 0)
            {
                items.Insert(at, step);
                for (int i = count; i > at; i--) plain[i] = plain[i - 1];
                plain[at] = step;
                count++;
            }
            else if (at < count)
            {
                items.RemoveAt(at);
                count--;
                for (int i = at; i < count; i++) plain[i] = plain[i + 1];
            }
        }
        Expect.Sequence<int>(plain.AsSpan(0, count), items.ToArray());
    }
}
