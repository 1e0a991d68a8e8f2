namespace System;

public readonly partial struct SByte
{
    private readonly sbyte m_value;
}
