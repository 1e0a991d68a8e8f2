using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System;

public partial class ArgumentOutOfRangeException
{
    public static void ThrowIfGreaterThan<T>(T value, T other,
        [CallerArgumentExpression(nameof(value))] string? paramName = null)
        where T : IComparable<T>
    {
        if (value.CompareTo(other) > 0) ThrowCompared(value, other, paramName, "must be less than or equal to '");
    }

    public static void ThrowIfGreaterThanOrEqual<T>(T value, T other,
        [CallerArgumentExpression(nameof(value))] string? paramName = null)
        where T : IComparable<T>
    {
        if (value.CompareTo(other) >= 0) ThrowCompared(value, other, paramName, "must be less than '");
    }

    public static void ThrowIfLessThan<T>(T value, T other,
        [CallerArgumentExpression(nameof(value))] string? paramName = null)
        where T : IComparable<T>
    {
        if (value.CompareTo(other) < 0) ThrowCompared(value, other, paramName, "must be greater than or equal to '");
    }

    public static void ThrowIfLessThanOrEqual<T>(T value, T other,
        [CallerArgumentExpression(nameof(value))] string? paramName = null)
        where T : IComparable<T>
    {
        if (value.CompareTo(other) <= 0) ThrowCompared(value, other, paramName, "must be greater than '");
    }

    public static void ThrowIfEqual<T>(T value, T other,
        [CallerArgumentExpression(nameof(value))] string? paramName = null)
    {
        if (EqualityComparer<T>.Default.Equals(value, other)) ThrowCompared(value, other, paramName,
            "must not be equal to '");
    }

    public static void ThrowIfNotEqual<T>(T value, T other,
        [CallerArgumentExpression(nameof(value))] string? paramName = null)
    {
        if (!EqualityComparer<T>.Default.Equals(value, other)) ThrowCompared(value, other, paramName,
            "must be equal to '");
    }

    private static void ThrowCompared<T>(T value, T other, string? paramName, string rule) =>
        throw new ArgumentOutOfRangeException(paramName, value,
            paramName + " ('" + (value?.ToString() ?? "null") + "') " + rule + (other?.ToString() ?? "null") + "'.");
}
