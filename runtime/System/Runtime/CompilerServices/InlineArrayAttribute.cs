using System;

namespace System.Runtime.CompilerServices;

[AttributeUsage(AttributeTargets.All)]
public sealed class InlineArrayAttribute(int length) : Attribute
{
    public int Length { get; } = length;
}
