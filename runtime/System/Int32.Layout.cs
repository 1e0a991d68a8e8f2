namespace System;

public readonly partial struct Int32
{
    private readonly int m_value;
}
