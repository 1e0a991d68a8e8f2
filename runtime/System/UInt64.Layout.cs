namespace System;

public readonly partial struct UInt64
{
    private readonly ulong m_value;
}
