namespace System;

public readonly partial struct Int64
{
    private readonly long m_value;
}
