using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System;

public class ArgumentNullException : ArgumentException
{
    private const string Text = "Value cannot be null.";

    public ArgumentNullException() : base(Text) { }

    public ArgumentNullException(string? paramName) : base(Text, paramName) { }

    public ArgumentNullException(string? message, Exception? innerException) : base(message, innerException) { }

    public ArgumentNullException(string? paramName, string? message) : base(message, paramName) { }

    public static void ThrowIfNull(
        [NotNull] object? argument, [CallerArgumentExpression(nameof(argument))] string? paramName = null)
    {
        if (argument is null) throw new ArgumentNullException(paramName);
    }

    public static unsafe void ThrowIfNull(
        [NotNull] void* argument, [CallerArgumentExpression(nameof(argument))] string? paramName = null)
    {
        if (argument is null) throw new ArgumentNullException(paramName);
    }
}
