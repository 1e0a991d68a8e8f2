using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System;

public class ArgumentException : SystemException
{
    private readonly string? _paramName;

    public ArgumentException() : base("Value does not fall within the expected range.") { }

    public ArgumentException(string? message) : base(message) { }

    public ArgumentException(string? message, Exception? innerException) : base(message, innerException) { }

    public ArgumentException(string? message, string? paramName) : base(message) => _paramName = paramName;

    public ArgumentException(string? message, string? paramName, Exception? innerException)
        : base(message, innerException) => _paramName = paramName;

    public virtual string? ParamName => _paramName;

    public override string Message =>
        string.IsNullOrEmpty(_paramName) ? base.Message
            : string.Concat(base.Message, " (Parameter '", _paramName, "')");

    public static void ThrowIfNullOrEmpty(
        [NotNull] string? argument, [CallerArgumentExpression(nameof(argument))] string? paramName = null)
    {
        ArgumentNullException.ThrowIfNull(argument, paramName);
        if (argument.Length == 0) throw new ArgumentException("The value cannot be an empty string.", paramName);
    }
}
