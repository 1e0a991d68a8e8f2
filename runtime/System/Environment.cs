using System.Diagnostics.CodeAnalysis;
using Internal.Runtime;

namespace System;

/// <summary>The little there is to know about where we run.</summary>
public static partial class Environment
{
    /// <summary>A line feed, as on every system the tests run on.</summary>
    public static string NewLine => "\n";

    /// <summary>Counts one thread, always the same.</summary>
    public static int CurrentManagedThreadId => 1;

    public static int ProcessorCount => 1;

    [DoesNotReturn]
    public static void FailFast(string? message) => throw new FailFastException(message);

    [DoesNotReturn]
    public static void FailFast(string? message, Exception? exception) =>
        throw new FailFastException(string.Concat(message, ": ", exception?.ToString()));
}
