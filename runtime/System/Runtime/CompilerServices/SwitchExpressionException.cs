using System;

namespace System.Runtime.CompilerServices;

public sealed class SwitchExpressionException : InvalidOperationException
{
    private const string Text = "Non-exhaustive switch expression failed to match its input.";

    public SwitchExpressionException() : base(Text) { }

    public SwitchExpressionException(string? message) : base(message) { }

    public SwitchExpressionException(object? unmatchedValue) : base(Text) => UnmatchedValue = unmatchedValue;

    public object? UnmatchedValue { get; }
}
