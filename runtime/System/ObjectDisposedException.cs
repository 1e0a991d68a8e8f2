using System.Diagnostics.CodeAnalysis;

namespace System;

public class ObjectDisposedException : InvalidOperationException
{
    private readonly string? _objectName;

    public ObjectDisposedException(string? objectName) : this(objectName, "Cannot access a disposed object.") { }

    public ObjectDisposedException(string? message, Exception? innerException) : base(message, innerException) { }

    public ObjectDisposedException(string? objectName, string? message) : base(message) => _objectName = objectName;

    public string ObjectName => _objectName ?? "";

    public override string Message =>
        string.IsNullOrEmpty(_objectName)
            ? base.Message
            : string.Concat(base.Message, "\nObject name: '", _objectName, "'.");

    public static void ThrowIf([DoesNotReturnIf(true)] bool condition, object instance)
    {
        if (condition) throw new ObjectDisposedException(null);
    }
}
