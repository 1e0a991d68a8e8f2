using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Bootlace.RuntimeChecks;

/// <summary>Spans against plain loops.</summary>
internal static class SpanChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Spans");
        list.Add("index past the end", () =>
            Expect.Throws<IndexOutOfRangeException>(() => GC.KeepAlive(new byte[4].AsSpan(1)[Four() - 1])));
        list.Add("negative index", () =>
            Expect.Throws<IndexOutOfRangeException>(() => GC.KeepAlive(new byte[4].AsSpan()[Four() - 5])));
        list.Add("slice outside", () =>
        {
            Expect.Throws<ArgumentOutOfRangeException>(() => GC.KeepAlive(new byte[4].AsSpan(Four() + 1).Length));
            Expect.Throws<ArgumentOutOfRangeException>(() => GC.KeepAlive(new byte[4].AsSpan().Slice(3, 2).Length));
            Expect.Throws<ArgumentOutOfRangeException>(() =>
                GC.KeepAlive(new byte[4].AsSpan().Slice(1, int.MaxValue).Length));
        });
        list.Add("slice at the end is empty", () => Expect.That(new byte[4].AsSpan(4).IsEmpty));
        list.Add("span of null is empty", () =>
            Expect.That(((byte[]?)null).AsSpan().IsEmpty && ((string?)null).AsSpan().IsEmpty));
        list.Add("writing through a span writes the array", () =>
        {
            byte[] array = [1, 2, 3];
            array.AsSpan(1)[0] = 9;
            Expect.Sequence<byte>([1, 9, 3], array);
        });
        list.Add("ranges", () => Expect.Sequence<byte>([2, 3], ((ReadOnlySpan<byte>)[1, 2, 3, 4])[1..^1]));
        list.Add("foreach by reference", () =>
        {
            int[] array = [1, 2, 3];
            foreach (ref int item in array.AsSpan()) item *= 10;
            Expect.Sequence<int>([10, 20, 30], array);
        });
        list.Add("stackalloc", () =>
        {
            Span<int> span = stackalloc int[100];
            span.Fill(7);
            int sum = 0;
            foreach (int item in span) sum += item;
            Expect.Equal(700, sum);
        });
        list.Add("copy too long is an argument error", () =>
            Expect.Throws<ArgumentException>(() => new byte[3].AsSpan().CopyTo(new byte[2])));
        list.Add("TryCopyTo too long is false", () =>
            Expect.That(!new byte[3].AsSpan().TryCopyTo(new byte[2]) && new byte[2].AsSpan().TryCopyTo(new byte[3])));
        list.Add("overlapping copies in both directions, all lengths", OverlappingCopies);
        list.Add("Fill and Clear of all lengths", FillAndClear);
        list.Add("IndexOf of bytes, all lengths and places", () => EveryPlace((span, at) =>
        {
            Expect.Equal(at, ((ReadOnlySpan<byte>)span).IndexOf((byte)0x80));
            Expect.Equal(at, ((ReadOnlySpan<byte>)span).LastIndexOf((byte)0x80));
        }));
        list.Add("IndexOf finds the first of many", () => EveryPlace((span, at) =>
        {
            for (int i = at; i < span.Length; i++) span[i] = 0x80;
            Expect.Equal(at, ((ReadOnlySpan<byte>)span).IndexOf((byte)0x80));
            Expect.Equal(span.Length - at, span.AsSpan().Count((byte)0x80));
        }));
        list.Add("IndexOf is not misled by neighbours of the value", () =>
        {
            ReadOnlySpan<byte> bytes = [0x81, 0x80, 0x7f, 0x00, 0x01, 0x01, 0x00, 0xff, 0x02];
            Expect.That(bytes.IndexOf((byte)0x80) == 1 && bytes.IndexOf((byte)0) == 3 && bytes.IndexOf((byte)0xff) == 7
                && bytes.IndexOf((byte)2) == 8 && bytes.IndexOf((byte)3) == -1);
        });
        list.Add("IndexOf of chars", () =>
        {
            for (int at = 0; at < 40; at++)
            {
                var chars = new char[40];
                chars[at] = '\u8001';
                Expect.Equal(at, chars.AsSpan().IndexOf('\u8001'));
            }
        });
        list.Add("IndexOf of a sequence", () =>
            Expect.That("aabaabc"u8.IndexOf("aabc"u8) == 3 && "abc"u8.IndexOf(""u8) == 0
            && "abc"u8.IndexOf("abcd"u8) == -1));
        list.Add("IndexOf of ints and strings", () =>
            Expect.That(((ReadOnlySpan<int>)[5, 6, 7]).IndexOf(7) == 2
            && ((ReadOnlySpan<string>)["a", "b"]).IndexOf("b") == 1));
        list.Add("SequenceEqual, one byte different at each place", () => EveryPlace((span, at) =>
        {
            var other = (byte[])span.Clone();
            Expect.That(span.AsSpan().SequenceEqual(other));
            other[at] ^= 0x10;
            Expect.That(!span.AsSpan().SequenceEqual(other));
        }));
        list.Add("SequenceEqual of structs and references", () =>
            Expect.That(((ReadOnlySpan<(int, int)>)[(1, 2)]).SequenceEqual([(1, 2)])
            && ((ReadOnlySpan<string>)["a"]).SequenceEqual(["a"])
                && !((ReadOnlySpan<string>)["a"]).SequenceEqual(["b"])));
        list.Add("SequenceCompareTo", () =>
            Expect.That("abc"u8.SequenceCompareTo("abd"u8) < 0 && "b"u8.SequenceCompareTo("abc"u8) > 0
            && "ab"u8.SequenceCompareTo("abc"u8) < 0 && "a"u8.SequenceCompareTo("a"u8) == 0));
        list.Add("StartsWith and EndsWith", () =>
            Expect.That("abc"u8.StartsWith("ab"u8) && !"abc"u8.StartsWith("b"u8) && "abc"u8.EndsWith("bc"u8)
            && "abc"u8.StartsWith(""u8)));
        list.Add("Trim", () => Expect.That("  ab ".AsSpan().Trim().SequenceEqual("ab")
            && "xxabx"u8.Trim((byte)'x').SequenceEqual("ab"u8)));
        list.Add("Reverse", () =>
        {
            int[] items = [1, 2, 3, 4, 5];
            items.AsSpan(1).Reverse();
            Expect.Sequence<int>([1, 5, 4, 3, 2], items);
        });
        list.Add("Overlaps", () =>
        {
            var bytes = new byte[10];
            Expect.That(((ReadOnlySpan<byte>)bytes.AsSpan(0, 5)).Overlaps(bytes.AsSpan(4))
                && !((ReadOnlySpan<byte>)bytes.AsSpan(0, 5)).Overlaps(bytes.AsSpan(5)));
        });
        list.Add("Contains and ContainsAny", () =>
            Expect.That("a=b".AsSpan().Contains('=') && "a=b".AsSpan().ContainsAny(';', '=')
            && !"a=b".AsSpan().ContainsAny("xyz")));
        list.Add("MemoryMarshal.Cast", () =>
        {
            ReadOnlySpan<byte> bytes = [1, 0, 0, 0, 2, 0, 0, 0, 9];
            Expect.Sequence<int>([1, 2], MemoryMarshal.Cast<byte, int>(bytes));
        });
        list.Add("MemoryMarshal.AsBytes", () =>
            Expect.Sequence<byte>([1, 2, 3, 4], MemoryMarshal.AsBytes((ReadOnlySpan<ushort>)[0x201, 0x403])));
        list.Add("MemoryMarshal.Read and Write", () =>
        {
            Span<byte> bytes = stackalloc byte[9];
            MemoryMarshal.Write(bytes[1..], 0x1122334455667788);
            Expect.Equal(0x1122334455667788, MemoryMarshal.Read<long>(bytes[1..]));
            Expect.Throws<ArgumentOutOfRangeException>(() => MemoryMarshal.Read<long>(new byte[7]));
        });
        list.Add("CollectionsMarshal.AsSpan", () =>
        {
            var items = new List<int> { 1, 2, 3 };
            CollectionsMarshal.AsSpan(items)[1] = 20;
            Expect.Equal(20, items[1]);
        });
        list.Add("a covariant array cannot be a writable span", () =>
            Expect.Throws<ArrayTypeMismatchException>(() =>
                GC.KeepAlive(new Span<object>((object[])(object)new string[1]).Length)));
        list.Add("ToArray copies", () =>
        {
            byte[] array = [1, 2];
            byte[] copy = array.AsSpan().ToArray();
            copy[0] = 9;
            Expect.Equal((byte)1, array[0]);
        });
        list.Add("ToString of chars", () => Expect.Equal("bc", "abcd".AsSpan(1, 2).ToString()));
        list.Digest("sorting spans of 0 to 200 numbers", 0x10be4e0dfaea0144, digest =>
        {
            var dice = new Dice(51);
            for (int length = 0; length < 200; length += 3)
            {
                var numbers = new int[length];
                for (int i = 0; i < length; i++) numbers[i] = dice.Next(length * 2) - length;
                numbers.AsSpan().Sort();
                foreach (int number in numbers) digest.Add(number);
            }
        });
    }

    private static int Four() => 4;

    private static void EveryPlace(Action<byte[], int> body)
    {
        for (int length = 1; length < 36; length++)
        {
            for (int at = 0; at < length; at++)
            {
                var bytes = new byte[length];
                bytes[at] = 0x80;
                body(bytes, at);
            }
        }
    }

    private static void OverlappingCopies()
    {
        for (int length = 0; length < 70; length++)
        {
            for (int distance = -9; distance <= 9; distance++)
            {
                var bytes = new byte[100];
                for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)i;
                bytes.AsSpan(10, length).CopyTo(bytes.AsSpan(10 + distance));
                for (int i = 0; i < bytes.Length; i++)
                {
                    bool copied = i >= 10 + distance && i < 10 + distance + length;
                    Expect.Equal((byte)(copied ? i - distance : i), bytes[i]);
                }
            }
        }
    }

    private static void FillAndClear()
    {
        for (int length = 0; length < 70; length++)
        {
            var bytes = new byte[80];
            bytes.AsSpan(3, length).Fill(0xa5);
            for (int i = 0; i < 80; i++) Expect.Equal((byte)(i >= 3 && i < 3 + length ? 0xa5 : 0), bytes[i]);
            bytes.AsSpan().Fill(0xff);
            bytes.AsSpan(3, length).Clear();
            for (int i = 0; i < 80; i++) Expect.Equal((byte)(i >= 3 && i < 3 + length ? 0 : 0xff), bytes[i]);
        }
    }
}
