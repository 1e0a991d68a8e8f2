using System;

namespace System.IO;

public class FileNotFoundException : IOException
{
    public FileNotFoundException() : base("Unable to find the specified file.") { }

    public FileNotFoundException(string? message) : base(message) { }

    public FileNotFoundException(string? message, Exception? innerException) : base(message, innerException) { }
}
