using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Bootlace.RuntimeChecks;

/// <summary>What the compiler promises: dispatch, delegates, patterns, records.</summary>
internal static class LanguageChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Language: dispatch and delegates");
        list.Add("interface call, many implementations", () =>
        {
            IShape[] shapes = [new Square(2), new Circle(3), new Box(4), new Dot(), new Square(5)];
            int sum = 0;
            for (int round = 0; round < 100; round++) foreach (IShape shape in shapes) sum += shape.Area;
            Expect.Equal(100 * (4 + 27 + 16 + 1 + 25), sum);
        });
        list.Add("default interface method, kept and replaced", () =>
            Expect.That(((IShape)new Square(2)).Name == "shape" && ((IShape)new Dot()).Name == "dot"));
        list.Add("explicit implementations of two interfaces", () =>
        {
            var both = new Both();
            Expect.That(((ILeft)both).Which == "left" && ((IRight)both).Which == "right");
        });
        list.Add("interface inherited and implemented again", () =>
            Expect.That(((ILeft)new Again()).Which == "again" && new Again() is IRight));
        list.Add("interface on a struct, boxed and not", () =>
        {
            var box = new Box(3);
            Expect.That(AreaOf(box) == 9 && ((IShape)box).Area == 9);
        });
        list.Add("static abstract members", () =>
            Expect.That(Zero<Meters>().Value == 0 && Sum<Meters>([new Meters(1), new Meters(2)]).Value == 3));
        list.Add("generic interface over struct and reference", () =>
            Expect.That(((ISource<int>)new Source()).Get() == 5 && ((ISource<string>)new Source()).Get() == "five"));
        list.Add("covariance", () =>
        {
            ISource<object> source = new TextSource();
            Func<object> make = new Func<string>(() => "made");
            Expect.That((string)source.Get() == "text" && (string)make() == "made"
                && (IEnumerable<object>)new List<string> { "a" } is not null);
        });
        list.Add("contravariance", () =>
        {
            ISink<string> sink = new ObjectSink();
            Action<string> act = new Action<object>(_ => sink.Put("x"));
            act("y");
            Expect.Equal(1, ((ObjectSink)sink).Count);
        });
        list.Add("virtual, override, new, base", () =>
        {
            Animal cow = new Cow();
            Expect.That(cow.Sound == "moo(…)" && ((Cow)cow).Legs == 4 && cow.Legs == 0);
        });
        list.Add("abstract and sealed", () => Expect.Equal("leaf of branch", new Leaf().Describe()));
        list.Add("is, as and casts", () =>
        {
            object cow = new Cow();
            Expect.That(cow is Animal && cow as Square is null && cow is not IShape);
            Expect.Throws<InvalidCastException>(() => GC.KeepAlive((Square)cow));
            Expect.Throws<InvalidCastException>(() => GC.KeepAlive((IShape)cow));
            Expect.Throws<InvalidCastException>(() => GC.KeepAlive((int)(object)5L));
        });
        list.Add("array casts", () =>
            Expect.That(Opaque(new string[1]) is object[] && Opaque(new string[1]) is not int[]
            && Opaque(new Cow[1]) is Animal[] && Opaque(new int[1]) is not object[]));
        list.Add("boxing copies", () =>
        {
            var counter = new Counter();
            object boxed = counter;
            ((IBump)boxed).Bump();
            counter.Bump();
            counter.Bump();
            Expect.That(((Counter)boxed).Value == 1 && counter.Value == 2);
        });
        list.Add("closed and open delegates", () =>
        {
            Func<int, int> instance = new Adder(10).Add, fixedOne = Twice;
            Func<string> extension = "ab".Thrice;
            Func<string> virtualOne = new Cow().ToString!;
            Expect.That(instance(5) == 15 && fixedOne(4) == 8 && extension() == "ababab" && virtualOne() == "a cow");
        });
        list.Add("delegate to an interface method", () =>
        {
            IShape shape = new Circle(2);
            Func<int, int> scaled = shape.Scaled;
            Expect.Equal(36, scaled(3));
        });
        list.Add("delegate to a struct's method works on a copy", () =>
        {
            var counter = new Counter();
            Action bump = counter.Bump;
            bump();
            Expect.Equal(0, counter.Value);
        });
        list.Add("delegate to a generic method", () =>
        {
            Func<string, string> same = Same;
            Func<int, int> sameNumber = Same;
            Expect.That(same("a") == "a" && sameNumber(3) == 3);
        });
        list.Add("multicast: order, result of the last, removal", () =>
        {
            string log = "";
            Action a = () => log += "a", b = () => log += "b";
            Action all = a + b + a;
            all();
            (all - a)!();
            Func<int> last = () => 1;
            last += () => 2;
            Expect.That(log == "abaab" && last() == 2 && a - a is null);
        });
        list.Add("delegate equality", () =>
            Expect.That(new Func<int, int>(Twice) == new Func<int, int>(Twice)
                && new Func<int, int>(Twice) != new Func<int, int>(new Adder(1).Add)));
        list.Add("events", () =>
        {
            var bell = new Bell();
            int rung = 0;
            Action ring = () => rung++;
            bell.Rang += ring;
            bell.Rang += ring;
            bell.Ring();
            bell.Rang -= ring;
            bell.Ring();
            Expect.Equal(3, rung);
        });
        list.Add("closures share their variables", () =>
        {
            int shared = 0;
            var acts = new List<Action>();
            for (int i = 0; i < 3; i++)
            {
                int own = i;
                acts.Add(() => shared += own);
            }
            foreach (Action act in acts) act();
            Expect.Equal(3, shared);
        });
        list.Add("local functions, recursive", () =>
        {
            Expect.Equal(120, Factorial(5));
            static int Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
        });
        list.Add("function pointers", FunctionPointers);
        list.Add("typeof and GetType", () =>
            Expect.That(typeof(string) == "a".GetType() && typeof(int) != typeof(uint)
            && typeof(List<int>) == new List<int>().GetType()
            && typeof(List<int>) != typeof(List<string>) && TypeOf<string>() == typeof(string)
                && new int[1].GetType() == typeof(int[])));
        list.Add("a type has one object, which knows it", () =>
            Expect.That(ReferenceEquals(typeof(string), "a".GetType()) && typeof(int[]).IsArray && !typeof(int).IsArray
            && new List<byte>().GetType().GetHashCode() == typeof(List<byte>).GetHashCode()));
        list.Add("an explicit check before a null dereference throws", () =>
            Expect.Throws<ArgumentNullException>(() => ArgumentNullException.ThrowIfNull(Nothing())));
    }

    private interface IShape
    {
        int Area { get; }

        string Name => "shape";

        int Scaled(int by) => Area * by;
    }

    private sealed class Square(int side) : IShape
    {
        public int Area => side * side;
    }

    private sealed class Circle(int radius) : IShape
    {
        public int Area => 3 * radius * radius;
    }

    private readonly struct Box(int side) : IShape
    {
        public int Area => side * side;
    }

    private sealed class Dot : IShape
    {
        public int Area => 1;

        string IShape.Name => "dot";
    }

    private interface ILeft
    {
        string Which { get; }
    }

    private interface IRight
    {
        string Which { get; }
    }

    private class Both : ILeft, IRight
    {
        string ILeft.Which => "left";

        string IRight.Which => "right";
    }

    private sealed class Again : Both, ILeft
    {
        string ILeft.Which => "again";
    }

    private interface IUnit<T> where T : IUnit<T>
    {
        static abstract T Zero { get; }

        static abstract T operator +(T a, T b);
    }

    private readonly struct Meters(int value) : IUnit<Meters>
    {
        public readonly int Value = value;

        public static Meters Zero => default;

        public static Meters operator +(Meters a, Meters b) => new(a.Value + b.Value);
    }

    private interface ISource<out T>
    {
        T Get();
    }

    private sealed class Source : ISource<int>, ISource<string>
    {
        int ISource<int>.Get() => 5;

        string ISource<string>.Get() => "five";
    }

    private sealed class TextSource : ISource<string>
    {
        public string Get() => "text";
    }

    private interface ISink<in T>
    {
        void Put(T item);
    }

    private sealed class ObjectSink : ISink<object>
    {
        public int Count { get; private set; }

        public void Put(object item) => Count++;
    }

    private class Animal
    {
        public virtual string Sound => "…";

        public int Legs => 0;
    }

    private sealed class Cow : Animal
    {
        public override string Sound => "moo(" + base.Sound + ")";

        public new int Legs => 4;

        public override string ToString() => "a cow";
    }

    private abstract class Branch
    {
        protected abstract string Kind { get; }

        public string Describe() => Kind + " of branch";
    }

    private sealed class Leaf : Branch
    {
        protected override string Kind => "leaf";
    }

    private interface IBump
    {
        void Bump();
    }

    private struct Counter : IBump
    {
        public int Value;

        public void Bump() => Value++;
    }

    private sealed class Adder(int by)
    {
        public int Add(int value) => value + by;
    }

    private sealed class Bell
    {
        public event Action? Rang;

        public void Ring() => Rang?.Invoke();
    }

    private static int AreaOf<T>(T shape) where T : IShape => shape.Area;

    private static T Zero<T>() where T : IUnit<T> => T.Zero;

    private static T Sum<T>(ReadOnlySpan<T> items) where T : IUnit<T>
    {
        T sum = T.Zero;
        foreach (T item in items) sum += item;
        return sum;
    }

    private static Type TypeOf<T>() => typeof(T);

    private static T Same<T>(T value) => value;

    private static int Twice(int value) => 2 * value;

    private static string Thrice(this string value) => value + value + value;

    private static object? Nothing() => null;

    private static object Opaque(object value) => value;

    private static unsafe void FunctionPointers()
    {
        delegate*<int, int> twice = &Twice;
        Expect.Equal(42, twice(21));
    }
}
