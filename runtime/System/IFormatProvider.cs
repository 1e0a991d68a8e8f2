namespace System;

/// <summary>Cultural habits of formatting; accepted everywhere and never looked at.</summary>
public interface IFormatProvider
{
    object? GetFormat(Type? formatType);
}
