namespace System;

public readonly unsafe partial struct UIntPtr
{
    private readonly nuint _value;
}
