namespace System;

public static partial class Math
{
    public static double Min(double val1, double val2) => val1 < val2 || double.IsNaN(val1) ? val1 : val2;

    public static double Max(double val1, double val2) => val1 > val2 || double.IsNaN(val1) ? val1 : val2;

    public static double Abs(double value) => value < 0 ? -value : value;

    // What the compiler calls for checked conversions.
    private static int ConvertToInt32Checked(double value)
    {
        if (!(value > -2147483649.0 && value < 2147483648.0)) ThrowConversion();
        return (int)value;
    }

    private static uint ConvertToUInt32Checked(double value)
    {
        if (!(value > -1.0 && value < 4294967296.0)) ThrowConversion();
        return (uint)value;
    }

    private static long ConvertToInt64Checked(double value)
    {
        if (!(value >= -9223372036854775808.0 && value < 9223372036854775808.0)) ThrowConversion();
        return (long)value;
    }

    private static ulong ConvertToUInt64Checked(double value)
    {
        if (!(value > -1.0 && value < 18446744073709551616.0)) ThrowConversion();
        return (ulong)value;
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private static void ThrowConversion() =>
        throw new OverflowException("Arithmetic operation resulted in an overflow.");
}
