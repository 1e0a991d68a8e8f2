using System.Threading;

namespace System;

/// <summary>What was asked for has been called off.</summary>
public class OperationCanceledException : SystemException
{
    private const string Text = "The operation was canceled.";

    public OperationCanceledException() : base(Text) { }

    public OperationCanceledException(string? message) : base(message) { }

    public OperationCanceledException(string? message, Exception? innerException) : base(message, innerException) { }

    public OperationCanceledException(CancellationToken token) : base(Text) => CancellationToken = token;

    public OperationCanceledException(string? message, CancellationToken token) : base(message) =>
        CancellationToken = token;

    public OperationCanceledException(string? message, Exception? innerException, CancellationToken token)
        : base(message, innerException) => CancellationToken = token;

    public CancellationToken CancellationToken { get; }
}
