using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bootlace.RuntimeChecks;

/// <summary>Generics, patterns, records, tuples, layouts, statics.</summary>
internal static class LanguageTypesChecks
{
    private static readonly List<string> s_order = [];
    private static readonly Dictionary<string, int> s_table = new() { ["a"] = 1, ["b"] = 2 };
    private static readonly int[] s_numbers = [3, 1, 4, 1, 5];

    public static void Register(CheckList list)
    {
        list.Group("Language: types");
        list.Add("generic class over references shares code, not statics", () =>
        {
            Statics<string>.Count = 1;
            Statics<object>.Count = 2;
            Statics<int>.Count = 3;
            Expect.That(Statics<string>.Count == 1 && Statics<object>.Count == 2 && Statics<int>.Count == 3);
        });
        list.Add("generic code knows its argument", () =>
            Expect.That(new Maker<string>().MakeArray(2).GetType() == typeof(string[])
            && new Maker<List<int>>().IsMine(new List<int>())
            && !new Maker<List<int>>().IsMine(new List<string>()) && new Maker<int>().MakeArray(1) is int[]));
        list.Add("generic method through a dictionary of types", () =>
            Expect.That(Deep<string>(3) == "String" && Deep<Version>(2) == "other" && Deep<int>(2) == "Int32"));
        list.Add("generic struct in a generic class", () =>
            Expect.Equal((5, "x"), new Pairs<int, string>().Add(5, "x").Last));
        list.Add("nested generics with delegates", () =>
            Expect.Sequence<string>(["1!", "2!"], Map([1, 2], item => item + "!").ToArray()));
        list.Add("constrained calls on struct and reference", () =>
            Expect.That(Text(5) == "5" && Text("a") == "a" && HashOf(5) == 5));
        list.Add("record equality, hash, text, with", () =>
        {
            var a = new Lease("net0", 5);
            Lease b = a with { Seconds = 6 };
            Expect.That(a == new Lease("net0", 5) && a != b && a.GetHashCode() == new Lease("net0", 5).GetHashCode()
                && b.Seconds == 6 && b.Interface == "net0");
            Expect.Equal("Lease { Interface = net0, Seconds = 5 }", a.ToString());
        });
        list.Add("derived record differs from its base", () =>
            Expect.That(new Lease("a", 1) != new LongLease("a", 1, 2)
            && new LongLease("a", 1, 2) == new LongLease("a", 1, 2)));
        list.Add("record struct", () => Expect.That(new Point(1, 2) == new Point(1, 2)
            && (new Point(1, 2) with { Y = 5 }).Y == 5 && new Point(1, 2).ToString() == "Point { X = 1, Y = 2 }"));
        list.Add("deconstruction", () =>
        {
            (string name, int seconds) = new Lease("n", 3);
            (int x, _) = new Point(8, 9);
            Expect.That(name == "n" && seconds == 3 && x == 8);
        });
        list.Add("type, property and relational patterns", () =>
            Expect.That(Judge(5) == "small" && Judge(50) == "middle" && Judge(-1) == "negative"
            && Judge("ab") == "short text"
            && Judge(new Point(0, 3)) == "on the axis, 3" && Judge(null) == "nothing"
                && Judge(new Lease("x", 1)) == "lease of x" && Judge(2.5) == "other"));
        list.Add("list patterns", () => Expect.That(Verb(["get", "a"]) == "get a"
            && Verb(["put", "a", "b", "c"]) == "put to c" && Verb([]) == "none" && Verb(["x"]) == "?"));
        list.Add("tuple patterns", () => Expect.That(Next(("idle", true)) == "busy" && Next(("idle", false)) == "idle"
            && Next(("busy", true)) == "busy"));
        list.Add("a switch without a match", () => Expect.That(Matches(9) is Exception));
        list.Add("required and init members", () => Expect.Equal("named", new Named { Name = "named" }.Name));
        list.Add("indexers and operators", () =>
        {
            var vector = new Vector(1, 2) + new Vector(3, 4);
            Expect.That(vector[0] == 4 && vector[1] == 6 && (int)vector == 10 && -vector == new Vector(-4, -6));
        });
        list.Add("ref returns and ref locals", () =>
        {
            int[] items = [1, 2, 3];
            ref int middle = ref Middle(items);
            middle = 20;
            Expect.Equal(20, items[1]);
        });
        list.Add("ref fields", () =>
        {
            int value = 1;
            var holder = new Holder(ref value);
            holder.Set(5);
            Expect.Equal(5, value);
        });
        list.Add("inline arrays", () =>
        {
            var eight = new Eight();
            for (int i = 0; i < 8; i++) eight[i] = i * i;
            Span<int> span = eight;
            Expect.That(span.Length == 8 && span[7] == 49 && eight[3] == 9);
        });
        list.Add("explicit layout", () =>
        {
            var union = new Union { Whole = 0x11223344 };
            Expect.That(union.Low == 0x3344 && union.First == 0x44 && Unsafe.SizeOf<Union>() == 4);
        });
        list.Add("packed layout", () => Expect.That(Unsafe.SizeOf<Packed>() == 7 && Unsafe.SizeOf<Loose>() == 8));
        list.Add("static initialisers run in order, once, before use", () =>
        {
            GC.KeepAlive(Ordered.B);
            GC.KeepAlive(Ordered.A);
            Expect.Equal("a b cctor", string.Join(' ', s_order));
        });
        list.Add("static tables", () => Expect.That(s_table["b"] == 2 && s_numbers[4] == 5 && s_numbers.Length == 5));
        list.Add("a static constructor that throws", () => Expect.That(Broken() is not null));
        list.Add("finally in a loop with break and continue", () =>
        {
            string log = "";
            for (int i = 0; i < 5; i++)
            {
                try
                {
                    if (i == 1) continue;
                    if (i == 3) break;
                    log += i;
                }
                finally
                {
                    log += "f";
                }
            }
            Expect.Equal("0ff2ff", log);
        });
        list.Add("goto, nested loops, labels", () =>
        {
            int steps = 0;
            for (int i = 0; i < 10; i++)
            {
                for (int j = 0; j < 10; j++)
                {
                    steps++;
                    if (i * j == 12) goto done;
                }
            }
        done:
            Expect.Equal(27, steps);
        });
        list.Add("using in reverse order", () =>
        {
            var log = new List<string>();
            {
                using var a = new Closer("a", log);
                using var b = new Closer("b", log);
            }
            Expect.Equal("b a", string.Join(' ', log));
        });
        list.Add("using a ref struct", () =>
        {
            int closed = 0;
            using (new RefCloser(ref closed)) Expect.Equal(0, closed);
            Expect.Equal(1, closed);
        });
        list.Add("params of spans and collections", () => Expect.That(Count(1, 2, 3) == 3 && Count() == 0));
        list.Add("optional and named arguments", () =>
            Expect.That(Optional(c: 3) == "1-2-3" && Optional(5) == "5-2-0"));
        list.Add("caller information", () => Expect.That(Line() > 0 && Expression(1 + 1) == "1 + 1"));
        list.Add("a frame of 40 KB", () => Expect.Equal(20_000, Big()));
        list.Add("extension members", () => Expect.Equal(3, "abc".CountOf()));
        list.Add("volatile-free statics survive a collection", () =>
        {
            GC.Collect();
            Expect.That(s_table.Count == 2 && s_order.Count == 3);
        });
    }

    private static class Statics<T>
    {
        public static int Count;
    }

    private sealed class Maker<T>
    {
        public Array MakeArray(int length) => new T[length];

        public bool IsMine(object item) => item is T;
    }

    private sealed class Version;

    private static string Deep<T>(int depth)
    {
        if (depth > 0) return Deep<T>(depth - 1);
        return typeof(T) == typeof(string) ? "String" : typeof(T) == typeof(int) ? "Int32" : "other";
    }

    private sealed class Pairs<TKey, TValue>
    {
        private readonly List<(TKey, TValue)> _items = [];

        public (TKey, TValue) Last => _items[^1];

        public Pairs<TKey, TValue> Add(TKey key, TValue value)
        {
            _items.Add((key, value));
            return this;
        }
    }

    private static List<TOut> Map<TIn, TOut>(ReadOnlySpan<TIn> items, Func<TIn, TOut> map)
    {
        var mapped = new List<TOut>();
        foreach (TIn item in items) mapped.Add(map(item));
        return mapped;
    }

    private static string? Text<T>(T value) where T : notnull => value.ToString();

    private static int HashOf<T>(T value) where T : struct => value.GetHashCode();

    private record Lease(string Interface, int Seconds);

    private sealed record LongLease(string Interface, int Seconds, int Years) : Lease(Interface, Seconds);

    private readonly record struct Point(int X, int Y);

    private static string Judge(object? value) => value switch
    {
        null => "nothing",
        int and < 0 => "negative",
        int and (< 10 or > 1000) => "small",
        int => "middle",
        string { Length: < 3 } => "short text",
        Point { X: 0, Y: var y } => "on the axis, " + y,
        Lease(var name, _) => "lease of " + name,
        _ => "other",
    };

    private static string Verb(string[] words) => words switch
    {
        [] => "none",
        ["get", var what] => "get " + what,
        ["put", .., var last] => "put to " + last,
        _ => "?",
    };

    private static string Next((string State, bool Work) now) => now switch
    {
        ("idle", true) => "busy",
        ("idle", false) => "idle",
        (var other, _) => other,
    };

    private static Exception? Matches(int value)
    {
        try
        {
#pragma warning disable CS8509   // the point is that something is missing
            GC.KeepAlive(value switch { 1 => "a", 2 => "b" });
#pragma warning restore CS8509
            return null;
        }
        catch (InvalidOperationException missing)
        {
            return missing;
        }
    }

    private sealed class Named
    {
        public required string Name { get; init; }
    }

    private readonly record struct Vector(int X, int Y)
    {
        public int this[int index] => index == 0 ? X : Y;

        public static Vector operator +(Vector a, Vector b) => new(a.X + b.X, a.Y + b.Y);

        public static Vector operator -(Vector a) => new(-a.X, -a.Y);

        public static explicit operator int(Vector a) => a.X + a.Y;
    }

    private static ref int Middle(int[] items) => ref items[items.Length / 2];

    private readonly ref struct Holder
    {
        private readonly ref int _value;

        public Holder(ref int value) => _value = ref value;

        public void Set(int value) => _value = value;
    }

    [InlineArray(8)]
    private struct Eight
    {
        private int _first;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)] public uint Whole;
        [FieldOffset(0)] public ushort Low;
        [FieldOffset(0)] public byte First;
    }

#pragma warning disable CS0649   // only their sizes matter
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Packed
    {
        public byte A;
        public int B;
        public ushort C;
    }

    private struct Loose
    {
        public int B;
        public byte A;
        public ushort C;
    }
#pragma warning restore CS0649

    private static int Log(string name, int value)
    {
        s_order.Add(name);
        return value;
    }

    private static class Ordered
    {
        public static readonly int A = Log("a", 1);
        public static readonly int B = Log("b", 2);

        static Ordered() => Log("cctor", 0);
    }

    private static class Failing
    {
        public static readonly int Value = Fail();

        private static int Fail() => throw new InvalidOperationException("no value");
    }

    private static Exception? Broken()
    {
        try
        {
            GC.KeepAlive(Failing.Value);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private sealed class Closer(string name, List<string> log) : IDisposable
    {
        public void Dispose() => log.Add(name);
    }

    private readonly ref struct RefCloser
    {
        private readonly ref int _closed;

        public RefCloser(ref int closed) => _closed = ref closed;

        public void Dispose() => _closed++;
    }

    private static int Count(params ReadOnlySpan<int> items) => items.Length;

    private static string Optional(int a = 1, int b = 2, int c = 0) => a + "-" + b + "-" + c;

    private static int Line([CallerLineNumber] int line = 0) => line;

    private static string Expression(int value, [CallerArgumentExpression(nameof(value))] string text = "") => text;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Big()
    {
        Span<short> room = stackalloc short[20_000];
        room.Fill(1);
        int sum = 0;
        foreach (short item in room) sum += item;
        return sum;
    }

    private static int CountOf(this string text) => text.Length;
}
