namespace System;

public readonly struct RuntimeTypeHandle
{
    internal RuntimeTypeHandle(IntPtr value) => Value = value;

    public IntPtr Value { get; }
}
