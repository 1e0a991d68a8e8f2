namespace System;

public readonly struct RuntimeMethodHandle
{
    internal RuntimeMethodHandle(IntPtr value) => Value = value;

    public IntPtr Value { get; }
}
