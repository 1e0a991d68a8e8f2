using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Bootlace.RuntimeChecks;

/// <summary>States what must hold.</summary>
internal static class Expect
{
    public static void That(bool condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        if (!condition) throw new CheckException(text);
    }

    public static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string text = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new CheckException(text + " is '" + actual?.ToString() + "', not '" + expected?.ToString() + "'");
    }

    public static void Sequence<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual,
        [CallerArgumentExpression(nameof(actual))] string text = "")
    {
        if (expected.Length != actual.Length)
            throw new CheckException(text + " has " + actual.Length.ToString() + " elements, not "
                + expected.Length.ToString());
        for (int i = 0; i < expected.Length; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(expected[i], actual[i]))
                throw new CheckException(text + "[" + i.ToString() + "] is '" + actual[i]?.ToString() + "', not '"
                    + expected[i]?.ToString() + "'");
        }
    }

    /// <summary>Exactly this exception, no derived one.</summary>
    public static TException Throws<TException>(Action body, [CallerArgumentExpression(nameof(body))] string text = "")
        where TException : Exception
    {
        try
        {
            body();
        }
        catch (TException thrown)
        {
            if (thrown.GetType() != typeof(TException)) throw new CheckException(text + " threw a derived exception: "
                + thrown.Message);
            return thrown;
        }
        throw new CheckException(text + " did not throw");
    }
}
