using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Bootlace.RuntimeChecks;

/// <summary>The allocator and the collector. On the firmware the whole heap has 16 MiB.</summary>
internal static class HeapChecks
{
    private static object? s_root;

    public static void Register(CheckList list)
    {
        list.Group("Heap");
        list.Add("every array is zeroed on a dirtied heap", ArraysAreZeroed);
        list.Add("every object is zeroed on a dirtied heap", ObjectsAreZeroed);
        list.Add("strings end in a zero on a dirtied heap", StringsEnd);
        list.Add("2000000 allocations", TwoMillion);
        list.Add("a graph survives: list, map, closures, boxes, arrays of structs", GraphSurvives);
        list.Add("a static root keeps, nothing else needed", StaticRoot);
        list.Add("an interior span keeps its array", InteriorSpan);
        list.Add("cycles are given back", Cycles);
        list.Add("a list of 100000 nodes is walked without recursion", LongList);
        list.Add("large arrays come and go", LargeArrays);
        list.Add("out of memory is an exception and leaves the heap usable", OutOfMemory);
        list.Add("out of memory in small pieces too", OutOfMemorySmall);
        list.Add("an array too large for any heap", () =>
            Expect.Throws<OutOfMemoryException>(() => GC.KeepAlive(new long[Huge()])));
        list.Add("objects of each size class keep their contents apart", SizesApart);
        list.Add("hash codes of objects stay", () =>
        {
            var one = new object();
            int hash = one.GetHashCode();
            GC.Collect();
            Expect.Equal(hash, RuntimeHelpers.GetHashCode(one));
        });
    }

    // Leaves garbage of ones behind, of all the sizes asked for afterwards.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Dirty()
    {
        for (int round = 0; round < 3; round++)
        {
            for (int size = 1; size < 5000; size += 1 + size / 16) new byte[size].AsSpan().Fill(0xff);
            for (int i = 0; i < 40; i++) new byte[60_000].AsSpan().Fill(0xff);
        }
        for (int i = 0; i < 2000; i++) GC.KeepAlive(new Node { A = -1, B = -1, Next = s_root, Name = "dirty" });
        GC.Collect();
    }

    private static void ArraysAreZeroed()
    {
        Dirty();
        for (int size = 1; size < 5000; size += 1 + size / 13)
        {
            foreach (byte value in new byte[size]) if (value != 0) throw new CheckException("an array of " + size);
        }
        for (int i = 0; i < 20; i++)
        {
            foreach (byte value in new byte[60_000]) if (value != 0) throw new CheckException("a large array");
        }
        foreach (string? item in new string?[500]) Expect.That(item is null);
        foreach ((int A, object? B) item in new (int, object?)[300]) Expect.That(item.A == 0 && item.B is null);
    }

    private static void ObjectsAreZeroed()
    {
        Dirty();
        for (int i = 0; i < 3000; i++)
        {
            var node = new Node();
            if (node.A != 0 || node.B != 0 || node.Next is not null
                || node.Name is not null) throw new CheckException("object " + i);
        }
    }

    private static unsafe void StringsEnd()
    {
        Dirty();
        for (int length = 1; length < 300; length++)
        {
            var text = new string('x', length);
            fixed (char* chars = text) Expect.That(chars[length] == 0);
        }
    }

    private static void TwoMillion()
    {
        var kept = new Node?[64];
        int before = GC.CollectionCount(0);
        for (int i = 0; i < 2_000_000; i++) kept[i & 63] = new Node { A = i };
        for (int i = 0; i < 64; i++) Expect.Equal(2_000_000 - 64 + i, kept[i]!.A);
        Expect.That(GC.CollectionCount(0) > before, "the collector ran");
    }

    private static void GraphSurvives()
    {
        var nodes = new List<Node>();
        var map = new Dictionary<string, Node>();
        var boxes = new object[500];
        var pairs = new (int, string?)[500];
        var acts = new Func<int>[500];
        for (int i = 0; i < 500; i++)
        {
            var node = new Node { A = i, Name = "node " + i, Next = i > 0 ? nodes[i - 1] : null };
            nodes.Add(node);
            map[node.Name] = node;
            boxes[i] = i;
            pairs[i] = (i, "pair " + i);
            int own = i;
            acts[i] = () => own * 2;
        }
        Churn();
        for (int i = 0; i < 500; i++)
        {
            Expect.That(ReferenceEquals(map["node " + i], nodes[i]) && (int)boxes[i] == i
                && pairs[i].Item2 == "pair " + i && acts[i]() == 2 * i
                && (i == 0 || ReferenceEquals(nodes[i].Next, nodes[i - 1])));
        }
    }

    private static void StaticRoot()
    {
        s_root = new Node { Name = "root" + 1, Next = new int[] { 1, 2, 3 } };
        Churn();
        var root = (Node)s_root!;
        Expect.That(root.Name == "root1" && ((int[])root.Next!)[2] == 3);
        s_root = null;
    }

    private static void InteriorSpan()
    {
        ReadOnlySpan<byte> inside = Filled().AsSpan(700, 10);
        Churn();
        foreach (byte value in inside) Expect.Equal((byte)0x5a, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] Filled()
    {
        var bytes = new byte[1000];
        bytes.AsSpan().Fill(0x5a);
        return bytes;
    }

    private static void Cycles()
    {
        for (int i = 0; i < 200; i++) MakeCycle();
        GC.Collect();
        Expect.That(GC.GetTotalMemory(true) < 60_000_000);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeCycle()
    {
        Node a = new() { Next = new byte[100_000] }, b = new() { Next = a };
        a.Name = "cycle";
        GC.KeepAlive(new object?[] { a, b, a.Next });
    }

    private static void LongList()
    {
        Node? head = null;
        for (int i = 0; i < 100_000; i++) head = new Node { A = i, Next = head };
        GC.Collect();
        int count = 0;
        for (Node? node = head; node is not null; node = (Node?)node.Next) count++;
        Expect.Equal(100_000, count);
    }

    private static void LargeArrays()
    {
        for (int i = 0; i < 200; i++)
        {
            var bytes = new byte[1_000_000 + 1000 * i];
            bytes[^1] = (byte)i;
            Expect.That(bytes[0] == 0 && bytes[^1] == (byte)i);
        }
    }

    private static void OutOfMemory()
    {
        Expect.That(FillUp(1_000_000) > 5);
        GC.Collect();
        Churn();
        Expect.Equal(3_000_000, new byte[3_000_000].Length);
    }

    private static void OutOfMemorySmall()
    {
        Expect.That(FillUp(2000) > 1000);
        GC.Collect();
        Churn();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FillUp(int size)
    {
        // Made beforehand: when memory is out, the list could not grow either.
        var kept = new byte[200_000_000 / size][];
        int count = 0;
        try
        {
            for (; count < kept.Length; count++) kept[count] = new byte[size];
        }
        catch (OutOfMemoryException)
        {
            Array.Clear(kept);
            return count;
        }
        throw new CheckException("there was no end of memory");
    }

    private static void SizesApart()
    {
        var blocks = new List<byte[]>();
        for (int size = 0; size < 1200; size += 7)
        {
            var block = new byte[size];
            block.AsSpan().Fill((byte)size);
            blocks.Add(block);
        }
        GC.Collect();
        foreach (byte[] block in blocks)
        {
            foreach (byte value in block) Expect.Equal((byte)block.Length, value);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Churn()
    {
        for (int i = 0; i < 20_000; i++)
        {
            GC.KeepAlive(new Node { A = i, Name = "churn" });
            new byte[i % 700].AsSpan().Fill(0xcc);
        }
        GC.Collect();
    }

    private static int Huge() => int.MaxValue - 100;

    private sealed class Node
    {
        public int A;
        public long B;
        public object? Next;
        public string? Name;
    }
}
