using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Bootlace.RuntimeChecks;

/// <summary>Throwing, catching, filters, finally.</summary>
internal static class ExceptionChecks
{
    private static string s_log = "";

    public static void Register(CheckList list)
    {
        list.Group("Exceptions");
        list.Add("through 1000 frames", () =>
        {
            int depth = 0;
            try
            {
                Descend(1000, ref depth);
            }
            catch (InvalidOperationException failure)
            {
                Expect.That(failure.Message == "bottom" && depth == 1000);
                return;
            }
            throw new CheckException("nothing was caught");
        });
        Logged(list, "finally blocks run inner to outer", "throw f1 f2 caught", () =>
        {
            try
            {
                try
                {
                    try
                    {
                        Say("throw");
                        throw new FormatException();
                    }
                    finally
                    {
                        Say("f1");
                    }
                }
                finally
                {
                    Say("f2");
                }
            }
            catch (FormatException)
            {
                Say("caught");
            }
        });
        Logged(list, "filters run before any finally", "filter1 filter2 finally caught", () =>
        {
            try
            {
                try
                {
                    throw new InvalidOperationException();
                }
                catch (InvalidOperationException) when (Say("filter1") == 0)
                {
                    Say("wrong");
                }
                finally
                {
                    Say("finally");
                }
            }
            catch (InvalidOperationException) when (Say("filter2") == 1)
            {
                Say("caught");
            }
        });
        Logged(list, "an exception in a filter counts as false", "next", () =>
        {
            try
            {
                throw new FormatException();
            }
            catch (FormatException) when (ThrowInFilter())
            {
                Say("wrong");
            }
            catch (Exception)
            {
                Say("next");
            }
        });
        Logged(list, "the first matching type catches", "argument", () =>
        {
            try
            {
                throw new ArgumentNullException("x");
            }
            catch (FormatException)
            {
                Say("format");
            }
            catch (ArgumentException)
            {
                Say("argument");
            }
            catch (Exception)
            {
                Say("any");
            }
        });
        Logged(list, "rethrow keeps the exception", "inner outer True", () =>
        {
            Exception? first = null;
            try
            {
                try
                {
                    throw new FormatException();
                }
                catch (FormatException failure)
                {
                    first = failure;
                    Say("inner");
                    throw;
                }
            }
            catch (FormatException failure)
            {
                Say("outer");
                Say(ReferenceEquals(first, failure).ToString());
            }
        });
        Logged(list, "throw in catch replaces", "finally second first", () =>
        {
            try
            {
                try
                {
                    throw new FormatException("first");
                }
                catch (FormatException failure)
                {
                    throw new InvalidOperationException("second", failure);
                }
                finally
                {
                    Say("finally");
                }
            }
            catch (InvalidOperationException failure)
            {
                Say(failure.Message);
                Say(failure.InnerException!.Message);
            }
        });
        Logged(list, "throw in finally replaces", "second", () =>
        {
            try
            {
                try
                {
                    throw new FormatException("first");
                }
                finally
                {
                    ThrowNow("second");
                }
            }
            catch (Exception failure)
            {
                Say(failure.Message);
            }
        });
        Logged(list, "try inside catch inside finally", "a b c d e", () =>
        {
            try
            {
                try
                {
                    ThrowNow("a");
                }
                catch (Exception outer)
                {
                    Say(outer.Message);
                    try
                    {
                        ThrowNow("b");
                    }
                    catch (Exception inner)
                    {
                        Say(inner.Message);
                    }
                    Say("c");
                }
            }
            finally
            {
                try
                {
                    ThrowNow("d");
                }
                catch (Exception last)
                {
                    Say(last.Message);
                }
                Say("e");
            }
        });
        Logged(list, "catch in a loop, 200 times", "200", () =>
        {
            int caught = 0;
            for (int i = 0; i < 200; i++)
            {
                try
                {
                    ThrowNow("x");
                }
                catch (InvalidOperationException)
                {
                    caught++;
                }
            }
            Say(caught.ToString());
        });
        Logged(list, "return from try passes finally", "finally returned", () => Say(ReturnThroughFinally()));
        Logged(list, "locals of the catching frame keep their values", "3 7 abc 1.5", () =>
        {
            int a = 1, b = 7;
            string text = "ab";
            double fraction = 0.5;
            try
            {
                a += 2;
                text += "c";
                fraction += 1;
                ThrowNow("x");
                a = 100;
            }
            catch (InvalidOperationException)
            {
                Say(a + " " + b + " " + text + " " + (fraction == 1.5 ? "1.5" : "wrong"));
            }
        });
        Logged(list, "through a delegate, an interface and a generic method", "through", () =>
        {
            IComparer<int> comparer = Comparer<int>.Create((_, _) => throw new FormatException("through"));
            try
            {
                GC.KeepAlive(Compare(comparer, 1, 2));
            }
            catch (FormatException failure)
            {
                Say(failure.Message);
            }
        });
        Logged(list, "through a frame with stackalloc and a fixed one", "deep", () =>
        {
            try
            {
                WithRoom(300);
            }
            catch (InvalidOperationException failure)
            {
                Say(failure.Message);
            }
        });
        Logged(list, "in an iterator: thrown, finally, then over", "1 finally thrown over", () =>
        {
            IEnumerator<int> items = Failing().GetEnumerator();
            items.MoveNext();
            Say(items.Current.ToString());
            try
            {
                items.MoveNext();
            }
            catch (InvalidOperationException failure)
            {
                Say(failure.Message);
            }
            Say(items.MoveNext() ? "wrong" : "over");
        });
        Logged(list, "foreach disposes when its body throws", "finally x", () =>
        {
            try
            {
                foreach (int item in Failing()) ThrowNow("x");
            }
            catch (InvalidOperationException failure)
            {
                Say(failure.Message);
            }
        });
        Logged(list, "using disposes when its body throws", "disposed x", () =>
        {
            try
            {
                using var closer = new Closer();
                ThrowNow("x");
            }
            catch (InvalidOperationException failure)
            {
                Say(failure.Message);
            }
        });
        Logged(list, "ExceptionDispatchInfo throws the same object", "same", () =>
        {
            var original = new FormatException();
            try
            {
                ExceptionDispatchInfo.Capture(original).Throw();
            }
            catch (FormatException failure)
            {
                Say(ReferenceEquals(failure, original) ? "same" : "other");
            }
        });
        Logged(list, "thrown objects survive collections on the way", "kept", () =>
        {
            try
            {
                try
                {
                    throw new InvalidOperationException("ke" + "pt".ToLowerInvariant());
                }
                finally
                {
                    for (int i = 0; i < 100; i++) GC.KeepAlive(new byte[1000]);
                    GC.Collect();
                }
            }
            catch (InvalidOperationException failure)
            {
                Say(failure.Message);
            }
        });
        list.Add("messages of argument exceptions", () =>
        {
            Expect.Equal("bad (Parameter 'size')", new ArgumentException("bad", "size").Message);
            Expect.Equal("size", new ArgumentOutOfRangeException("size").ParamName);
            Expect.Equal("text", Expect.Throws<ArgumentNullException>(() => ThrowIfNull(null)).ParamName);
        });
        list.Add("ThrowIf helpers", () =>
        {
            int size = 5;
            Expect.Equal("size", Expect.Throws<ArgumentOutOfRangeException>(() =>
                ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 4)).ParamName);
            Expect.Throws<ArgumentOutOfRangeException>(() => ArgumentOutOfRangeException.ThrowIfLessThan(size, 6));
            Expect.Throws<ArgumentOutOfRangeException>(() => ArgumentOutOfRangeException.ThrowIfNegative(size - 6));
            Expect.Throws<ArgumentOutOfRangeException>(() => ArgumentOutOfRangeException.ThrowIfZero(size - 5));
            Expect.Throws<ArgumentException>(() => ArgumentException.ThrowIfNullOrEmpty(""));
            Expect.Throws<ObjectDisposedException>(() => ObjectDisposedException.ThrowIf(size == 5, new object()));
        });
        list.Add("an own exception with data", () =>
        {
            OwnException own = Expect.Throws<OwnException>(() => throw new OwnException(7));
            Expect.That(own.Code == 7 && own.Message == "code 7" && own is Exception { InnerException: null });
        });
        list.Add("GetBaseException", () =>
        {
            var root = new FormatException();
            Expect.That(ReferenceEquals(new Exception("a", new Exception("b", root)).GetBaseException(), root));
        });
        list.Add("AggregateException", () =>
        {
            var all = new AggregateException(new FormatException("a"),
                new AggregateException(new InvalidOperationException("b")));
            Expect.That(all.InnerExceptions.Count == 2 && all.InnerException is FormatException
                && all.Flatten().InnerExceptions.Count == 2
                && all.Flatten().InnerExceptions[1] is InvalidOperationException);
            Expect.Throws<AggregateException>(() => all.Handle(failure => failure is FormatException));
        });
        list.Add("a thrown exception has a trace, another none", () =>
        {
            Expect.That(new FormatException().StackTrace is null);
            Expect.That(Expect.Throws<FormatException>(() =>
                throw new FormatException()).StackTrace is { Length: > 0 });
        });
    }

    private sealed class OwnException(int code) : Exception("code " + code)
    {
        public int Code { get; } = code;
    }

    private sealed class Closer : IDisposable
    {
        public void Dispose() => Say("disposed");
    }

    private static void Logged(CheckList list, string name, string expected, Action body) => list.Add(name, () =>
    {
        s_log = "";
        body();
        Expect.Equal(expected, s_log);
    });

    private static int Say(string word)
    {
        s_log = s_log.Length == 0 ? word : s_log + " " + word;
        return word == "filter1" ? 1 : word == "filter2" ? 1 : 0;
    }

    private static bool ThrowInFilter() => throw new InvalidOperationException("in the filter");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowNow(string message) => throw new InvalidOperationException(message);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Descend(int left, ref int depth)
    {
        if (left == 0) throw new InvalidOperationException("bottom");
        depth++;
        return Descend(left - 1, ref depth) + 1;
    }

    private static string ReturnThroughFinally()
    {
        try
        {
            return "returned";
        }
        finally
        {
            Say("finally");
        }
    }

    private static int Compare<T>(IComparer<T> comparer, T a, T b) => comparer.Compare(a, b);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe int WithRoom(int count)
    {
        byte* room = stackalloc byte[count];
        for (int i = 0; i < count; i++) room[i] = (byte)i;
        if (room[count - 1] == (byte)(count - 1)) ThrowNow("deep");
        return room[0];
    }

    private static IEnumerable<int> Failing()
    {
        try
        {
            yield return 1;
            ThrowNow("thrown");
        }
        finally
        {
            Say("finally");
        }
    }

    private static void ThrowIfNull(string? text) => ArgumentNullException.ThrowIfNull(text);
}
