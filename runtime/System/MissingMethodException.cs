namespace System;

public class MissingMethodException : MissingMemberException
{
    public MissingMethodException() : base("Attempted to access a missing method.") { }

    public MissingMethodException(string? message) : base(message) { }

    public MissingMethodException(string? message, Exception? innerException) : base(message, innerException) { }
}
