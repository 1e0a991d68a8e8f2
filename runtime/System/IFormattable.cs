namespace System;

/// <summary>Has more than one text form.</summary>
public interface IFormattable
{
    string ToString(string? format, IFormatProvider? formatProvider);
}
