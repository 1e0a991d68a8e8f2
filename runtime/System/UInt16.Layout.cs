namespace System;

public readonly partial struct UInt16
{
    private readonly ushort m_value;
}
