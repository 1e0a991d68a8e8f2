namespace System;

public readonly partial struct Boolean
{
    private readonly bool m_value;
}
