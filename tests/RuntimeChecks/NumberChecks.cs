using System;

namespace Bootlace.RuntimeChecks;

/// <summary>Arithmetic, conversion, comparison, Math.</summary>
internal static class NumberChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Numbers");
        list.Add("checked addition overflows", () =>
            Expect.Throws<OverflowException>(() => Sink(checked(Int(int.MaxValue) + 1))));
        list.Add("checked subtraction of unsigned overflows", () =>
            Expect.Throws<OverflowException>(() => Sink((int)checked(UInt(0) - 1))));
        list.Add("checked multiplication overflows", () =>
            Expect.Throws<OverflowException>(() => Sink((int)checked(Long(long.MaxValue) * 2))));
        list.Add("checked narrowing overflows", () =>
            Expect.Throws<OverflowException>(() => Sink(checked((byte)Int(256)))));
        list.Add("checked sign loss overflows", () =>
            Expect.Throws<OverflowException>(() => Sink((int)checked((uint)Int(-1)))));
        list.Add("unchecked wraps", () => Expect.Equal(int.MinValue, unchecked(Int(int.MaxValue) + 1)));
        list.Add("an explicit check before division throws", () =>
            Expect.Throws<DivideByZeroException>(() => Sink(DivideChecked(5, Int(0)))));
        list.Add("division truncates toward zero", () => Expect.That(Int(-7) / 2 == -3 && Int(-7) % 2 == -1));
        list.Add("64-bit division", () => Expect.Equal(-768614336404564650L, Long(long.MinValue) / 12));
        list.Add("unsigned 64-bit modulo", () => Expect.Equal(15UL, ulong.MaxValue % (ulong)Long(0x100) % 16));
        list.Add("shift counts are masked", () =>
            Expect.That(Int(1) << 33 == 2 && 1L << Int(65) == 2 && Int(-8) >> 1 == -4 && Int(-8) >>> 28 == 15));
        list.Add("CompareTo and sorting order", () =>
            Expect.That(5.CompareTo(7) < 0 && 7u.CompareTo(5u) > 0 && 5L.CompareTo(5L) == 0 && 5.CompareTo(null) > 0));
        list.Add("CompareTo another type is an argument error", () =>
            Expect.Throws<ArgumentException>(() => Sink(5.CompareTo((object)5L))));
        list.Add("Equals needs the same type", () => Expect.That(5.Equals((object)5) && !5.Equals((object)5L)));
        list.Add("hash codes of small types are their values", () =>
            Expect.That(5.GetHashCode() == 5 && ((short)-3).GetHashCode() == -3 && (1L << 32).GetHashCode() == 1));
        list.Add("hash codes of bool and char", () =>
            Expect.That(true.GetHashCode() == 1 && false.GetHashCode() == 0 && 'a'.GetHashCode() == 0x610061));
        list.Add("Math.Min and Max", () =>
            Expect.That(Math.Min(-1, 1) == -1 && Math.Max(3u, 4u) == 4 && Math.Max(long.MinValue, 0) == 0));
        list.Add("Math.Clamp", () =>
            Expect.That(Math.Clamp(5, 1, 3) == 3 && Math.Clamp(0, 1, 3) == 1 && Math.Clamp(2, 1, 3) == 2));
        list.Add("Math.Clamp with swapped limits", () =>
            Expect.Throws<ArgumentException>(() => Sink(Math.Clamp(1, 3, 1))));
        list.Add("Math.Abs", () => Expect.That(Math.Abs(-5) == 5 && Math.Abs(long.MinValue + 1) == long.MaxValue));
        list.Add("Math.Abs of the least overflows", () =>
            Expect.Throws<OverflowException>(() => Sink(Math.Abs(int.MinValue))));
        list.Add("Math.Sign", () => Expect.That(Math.Sign(-9) == -1 && Math.Sign(0L) == 0 && Math.Sign(3) == 1));
        list.Add("Math.DivRem", () => Expect.Equal((-3, -1), Math.DivRem(-7, 2)));
        list.Add("Math.BigMul of ints", () =>
            Expect.Equal(4611686018427387904L, Math.BigMul(int.MinValue, int.MinValue)));
        list.Add("Math.BigMul of ulongs", () =>
            Expect.That(Math.BigMul(ulong.MaxValue, ulong.MaxValue, out ulong low) == ulong.MaxValue - 1 && low == 1));
        list.Add("int.Max and friends", () =>
            Expect.That(int.Max(1, 2) == 2 && uint.Min(1, 2) == 1 && int.Clamp(9, 0, 5) == 5));
        list.Add("double arithmetic", () =>
            Expect.That(Double(1) / 3 * 3 == 1 && (int)(Double(10) / 4) == 2 && Double(0.1) + 0.2 != 0.3));
        list.Add("double comparison with NaN", () =>
            Expect.That(!(Double(double.NaN) < 1) && Double(double.NaN) != double.NaN && double.IsNaN(Double(0) / 0)));
        list.Add("double CompareTo and Equals put NaN first", () =>
            Expect.That(double.NaN.CompareTo(1.0) < 0 && double.NaN.Equals(double.NaN)));
        list.Add("double bits", () =>
            Expect.Equal(0x400921fb54442d18L, BitConverter.DoubleToInt64Bits(3.141592653589793)));
        list.Add("float conversion", () =>
            Expect.That((float)Double(16777217) == 16777216f && (long)(float)Int(7) == 7));
        list.Add("checked double to integer", () =>
        {
            Expect.That(checked((int)Double(-2147483648.5)) == int.MinValue
                && checked((ulong)Double(1e19)) == 10000000000000000000);
            Expect.Throws<OverflowException>(() => Sink(checked((int)Double(2147483648.0))));
            Expect.Throws<OverflowException>(() => Sink((int)checked((long)Double(double.NaN))));
        });
        list.Add("long to double and back", () =>
            Expect.Equal(-9007199254740993L + 1, (long)(double)(Long(-9007199254740993) + 1)));
        list.Add("ulong to double", () => Expect.That((double)ulong.MaxValue == 18446744073709551616.0));
        list.Digest("2000 divisions and products", 0xc21cb97c4a995e4d, digest =>
        {
            var dice = new Dice(4);
            for (int i = 0; i < 2000; i++)
            {
                long a = dice.NextNumber(), b = dice.NextNumber();
                if (b is 0 or -1) b = 3;
                digest.Add(a / b);
                digest.Add(a % b);
                digest.Add((ulong)a / (ulong)b);
                digest.Add(unchecked(a * b));
                digest.Add(Math.BigMul((ulong)a, (ulong)b, out ulong low));
                digest.Add(low);
                int c = (int)a, d = (int)b is 0 or -1 ? 7 : (int)b;
                digest.Add(c / d);
                digest.Add(c % d);
                digest.AddOrder(a.CompareTo(b));
            }
        });
    }

    // Kept out of the compiler's sight, so that it computes nothing beforehand.
    private static int Int(int value) => value;

    private static uint UInt(uint value) => value;

    private static long Long(long value) => value;

    private static double Double(double value) => value;

    private static void Sink(int value) => GC.KeepAlive(value);

    // On x64 the processor's own trap would end in the firmware's crash dump: our code looks first.
    private static int DivideChecked(int a, int b) => b == 0 ? throw new DivideByZeroException() : a / b;
}
