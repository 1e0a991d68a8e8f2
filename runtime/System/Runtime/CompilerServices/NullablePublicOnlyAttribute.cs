using System;

namespace System.Runtime.CompilerServices;

[AttributeUsage(AttributeTargets.All)]
public sealed class NullablePublicOnlyAttribute(bool includesInternals) : Attribute
{
    public bool IncludesInternals { get; } = includesInternals;
}
