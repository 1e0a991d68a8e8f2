namespace System;

public static partial class Math
{
    public static double Min(double val1, double val2) => val1 < val2 || double.IsNaN(val1) ? val1 : val2;

    public static double Max(double val1, double val2) => val1 > val2 || double.IsNaN(val1) ? val1 : val2;

    public static double Abs(double value) => value < 0 ? -value : value;
}
