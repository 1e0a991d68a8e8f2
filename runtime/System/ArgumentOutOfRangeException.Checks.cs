using System.Runtime.CompilerServices;

namespace System;

// .NET has one generic method for all numbers; these are the kinds we use.
public partial class ArgumentOutOfRangeException
{
    public static void ThrowIfNegative(int value, [CallerArgumentExpression(nameof(value))] string? paramName = null)
    {
        if (value < 0) Throw(value, paramName, "must be a non-negative value.");
    }

    public static void ThrowIfNegative(long value, [CallerArgumentExpression(nameof(value))] string? paramName = null)
    {
        if (value < 0) Throw(value, paramName, "must be a non-negative value.");
    }

    public static void ThrowIfZero(int value, [CallerArgumentExpression(nameof(value))] string? paramName = null)
    {
        if (value == 0) Throw(value, paramName, "must be a non-zero value.");
    }

    public static void ThrowIfNegativeOrZero(int value,
        [CallerArgumentExpression(nameof(value))] string? paramName = null)
    {
        if (value <= 0) Throw(value, paramName, "must be a non-negative and non-zero value.");
    }

    private static void Throw(object value, string? paramName, string rule) =>
        throw new ArgumentOutOfRangeException(
            paramName, value, string.Concat(paramName, string.Concat(" ('", value.ToString(), "') "), rule));
}
