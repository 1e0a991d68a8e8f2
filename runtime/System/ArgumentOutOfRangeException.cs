using System.Runtime.CompilerServices;

namespace System;

public partial class ArgumentOutOfRangeException : ArgumentException
{
    private const string Text = "Specified argument was out of the range of valid values.";
    private readonly object? _actualValue;

    public ArgumentOutOfRangeException() : base(Text) { }

    public ArgumentOutOfRangeException(string? paramName) : base(Text, paramName) { }

    public ArgumentOutOfRangeException(string? paramName, string? message) : base(message, paramName) { }

    public ArgumentOutOfRangeException(string? message, Exception? innerException) : base(message, innerException) { }

    public ArgumentOutOfRangeException(string? paramName, object? actualValue, string? message)
        : base(message, paramName) => _actualValue = actualValue;

    public virtual object? ActualValue => _actualValue;

    public override string Message => _actualValue is null
        ? base.Message
        : string.Concat(base.Message, "\n", "Actual value was ", string.Concat(_actualValue.ToString(), "."));
}
