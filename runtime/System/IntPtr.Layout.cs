namespace System;

public readonly unsafe partial struct IntPtr
{
    private readonly nint _value;
}
