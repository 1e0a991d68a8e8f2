namespace System;

public class MissingFieldException : MissingMemberException
{
    public MissingFieldException() : base("Attempted to access a non-existing field.") { }

    public MissingFieldException(string? message) : base(message) { }

    public MissingFieldException(string? message, Exception? innerException) : base(message, innerException) { }
}
