using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public partial class Exception
{
    private readonly string? _message;
    private readonly Exception? _innerException;
    private StackTraceRecord _trace;

    // Constructors stay calls: `throw new` is everywhere and seldom happens.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Exception() { }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public Exception(string? message) => _message = message;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public Exception(string? message, Exception? innerException)
    {
        _message = message;
        _innerException = innerException;
    }

    public virtual string Message => _message ?? "An exception was thrown.";

    public Exception? InnerException => _innerException;

    public int HResult { get; set; }

    public virtual string? Source { get; set; }

    /// <summary>The return addresses between the throw and the catch, innermost first, relative to the image;
    /// tools/Build symbolise turns them into names. Null if it was never thrown.</summary>
    public virtual string? StackTrace => _trace.Describe();

    public virtual Exception GetBaseException()
    {
        Exception result = this;
        while (result.InnerException is { } inner) result = inner;
        return result;
    }

    public override string ToString()
    {
        string text = Message;
        if (_innerException is not null) text = string.Concat(text, "\r\n ---> ", _innerException.ToString());
        string? trace = StackTrace;
        return trace is null ? text : string.Concat(text, "\r\n", trace);
    }

    internal ref StackTraceRecord Trace => ref _trace;
}
