using System;

namespace System.Runtime.InteropServices;

[AttributeUsage(AttributeTargets.All)]
public sealed class FieldOffsetAttribute(int offset) : Attribute
{
    public int Value { get; } = offset;
}
