namespace System;

public readonly partial struct Byte
{
    private readonly byte m_value;
}
