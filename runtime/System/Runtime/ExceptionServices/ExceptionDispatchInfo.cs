using System.Diagnostics.CodeAnalysis;

namespace System.Runtime.ExceptionServices;

/// <summary>An exception caught in one place to be thrown again in another.</summary>
public sealed class ExceptionDispatchInfo
{
    private ExceptionDispatchInfo(Exception source) => SourceException = source;

    public Exception SourceException { get; }

    public static ExceptionDispatchInfo Capture(Exception source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ExceptionDispatchInfo(source);
    }

    [DoesNotReturn]
    public void Throw() => throw SourceException;

    [DoesNotReturn]
    public static void Throw(Exception source) => throw source;
}
