using System;

namespace System.Runtime.CompilerServices;

[AttributeUsage(AttributeTargets.All)]
public sealed class NullableContextAttribute(byte flag) : Attribute
{
    public byte Flag { get; } = flag;
}
