namespace System;

public readonly partial struct Char
{
    private readonly char m_value;
}
