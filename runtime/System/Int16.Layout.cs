namespace System;

public readonly partial struct Int16
{
    private readonly short m_value;
}
