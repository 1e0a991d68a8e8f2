namespace System;

public readonly partial struct Single
{
    private readonly float m_value;
}
