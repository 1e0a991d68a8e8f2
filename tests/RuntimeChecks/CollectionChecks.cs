using System;
using System.Collections.Generic;

namespace Bootlace.RuntimeChecks;

/// <summary>Queue, Stack, PriorityQueue, comparers, iterators.</summary>
internal static class CollectionChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Other collections");
        list.Add("queue: first in, first out, across the wrap", () =>
        {
            var queue = new Queue<int>();
            int next = 0, taken = 0;
            for (int i = 0; i < 1000; i++)
            {
                for (int j = 0; j <= i % 3; j++) queue.Enqueue(next++);
                if (i % 2 == 0) Expect.Equal(taken++, queue.Dequeue());
            }
            while (queue.TryDequeue(out int item)) Expect.Equal(taken++, item);
            Expect.Equal(next, taken);
        });
        list.Add("queue: empty", () =>
        {
            var queue = new Queue<string>();
            Expect.Throws<InvalidOperationException>(() => queue.Dequeue());
            Expect.Throws<InvalidOperationException>(() => queue.Peek());
            Expect.That(!queue.TryPeek(out _));
        });
        list.Add("queue: walk, ToArray, Contains, Clear", () =>
        {
            var queue = new Queue<string>(["a", "b", "c"]);
            queue.Dequeue();
            queue.Enqueue("d");
            Expect.That(string.Join("", queue) == "bcd" && queue.ToArray()[2] == "d" && queue.Contains("c")
                && queue.Peek() == "b");
            queue.Clear();
            Expect.Equal(0, queue.Count);
        });
        list.Add("queue: changing while walking fails", () => Expect.Throws<InvalidOperationException>(() =>
        {
            var queue = new Queue<int>([1, 2]);
            foreach (int item in queue) queue.Enqueue(item);
        }));
        list.Add("stack: last in, first out", () =>
        {
            var stack = new Stack<int>();
            for (int i = 0; i < 20; i++) stack.Push(i);
            Expect.That(stack.Peek() == 19 && stack.Pop() == 19 && stack.Count == 19 && stack.Contains(3));
            Expect.Throws<InvalidOperationException>(() => new Stack<int>().Pop());
        });
        list.Add("stack: walk from the newest", () =>
            Expect.Equal("cba", string.Join("", new Stack<string>(["a", "b", "c"]))));
        list.Add("stack: ToArray from the newest", () =>
            Expect.Sequence<int>([3, 2, 1], new Stack<int>([1, 2, 3]).ToArray()));
        list.Add("priority queue hands out in order", () =>
        {
            var dice = new Dice(81);
            var queue = new PriorityQueue<string, int>();
            for (int i = 0; i < 500; i++)
            {
                int priority = dice.Next(1000);
                queue.Enqueue(priority.ToString(), priority);
            }
            int last = -1;
            while (queue.TryDequeue(out string? element, out int priority))
            {
                Expect.That(priority >= last && element == priority.ToString());
                last = priority;
            }
        });
        list.Add("read-only collection follows its list", () =>
        {
            var items = new List<int> { 1 };
            IReadOnlyList<int> view = items.AsReadOnly();
            items.Add(2);
            Expect.Equal(2, view.Count);
            Expect.Throws<NotSupportedException>(() => ((IList<int>)view).Add(3));
        });
        list.Add("Comparer.Default of numbers, strings, nulls", () =>
            Expect.That(Comparer<int>.Default.Compare(1, 2) < 0 && Comparer<string?>.Default.Compare(null, "a") < 0
            && Comparer<int?>.Default.Compare(null, 0) < 0));
        list.Add("Comparer.Default without an order", () =>
            Expect.Throws<ArgumentException>(() =>
            GC.KeepAlive(Comparer<object>.Default.Compare(new object(), new object()))));
        list.Add("Comparer.Create", () => Expect.That(Comparer<int>.Create((a, b) => b - a).Compare(1, 2) > 0));
        list.Add("EqualityComparer.Default uses IEquatable", () =>
        {
            var one = new Counted();
            Expect.That(EqualityComparer<Counted>.Default.Equals(one, new Counted()) && one.Asked == 1);
        });
        list.Add("EqualityComparer.Default of nullable and null", () =>
            Expect.That(EqualityComparer<int?>.Default.Equals(5, 5) && !EqualityComparer<int?>.Default.Equals(5, null)
            && EqualityComparer<string?>.Default.Equals(null, null)
                && EqualityComparer<string?>.Default.GetHashCode(null!) == 0));
        list.Add("ReferenceEqualityComparer", () =>
            Expect.That(!ReferenceEqualityComparer.Instance.Equals("ab", string.Concat("a", new string('b', 1)))));
        list.Add("HashCode: same parts, same code", () =>
            Expect.That(HashCode.Combine(1, "a") == HashCode.Combine(1, "a")
            && HashCode.Combine(1, 2) != HashCode.Combine(2, 1)));
        list.Add("iterator: lazy, in steps, finally at the end", () =>
        {
            var log = new List<string>();
            foreach (int item in Steps(log)) log.Add(item.ToString());
            Expect.Equal("start 1 between 2 finally", string.Join(' ', log));
        });
        list.Add("iterator: finally when left early", () =>
        {
            var log = new List<string>();
            foreach (int item in Steps(log)) break;
            Expect.Equal("start finally", string.Join(' ', log));
        });
        list.Add("iterator: walked twice starts anew", () =>
        {
            IEnumerable<int> steps = Steps([]);
            Expect.That(Sum(steps) == 3 && Sum(steps) == 3);
        });
        list.Add("collection expression for an interface", () =>
        {
            IReadOnlyList<int> items = [1, 2, 3];
            IEnumerable<string> words = ["a", .. new List<string> { "b" }];
            Expect.That(items[2] == 3 && string.Join("", words) == "ab" && Sum(items) == 6);
        });
    }

    private static int Sum(IEnumerable<int> items)
    {
        int sum = 0;
        foreach (int item in items) sum += item;
        return sum;
    }

    private static IEnumerable<int> Steps(List<string> log)
    {
        log.Add("start");
        try
        {
            yield return 1;
            log.Add("between");
            yield return 2;
        }
        finally
        {
            log.Add("finally");
        }
    }

    private sealed class Counted : IEquatable<Counted>
    {
        public int Asked;

        public bool Equals(Counted? other)
        {
            Asked++;
            return other is not null;
        }

        public override bool Equals(object? obj) => false;

        public override int GetHashCode() => 0;
    }
}
