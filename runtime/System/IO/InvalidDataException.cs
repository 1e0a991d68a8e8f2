using System;

namespace System.IO;

public sealed class InvalidDataException : SystemException
{
    public InvalidDataException() : base("Found invalid data while decoding.") { }

    public InvalidDataException(string? message) : base(message) { }

    public InvalidDataException(string? message, Exception? innerException) : base(message, innerException) { }
}
