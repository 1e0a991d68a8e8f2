namespace System;

public readonly struct RuntimeFieldHandle
{
    internal RuntimeFieldHandle(IntPtr value) => Value = value;

    public IntPtr Value { get; }
}
