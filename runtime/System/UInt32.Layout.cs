namespace System;

public readonly partial struct UInt32
{
    private readonly uint m_value;
}
