using System;

namespace System.Runtime.CompilerServices;

[AttributeUsage(AttributeTargets.All)]
public sealed class CompilationRelaxationsAttribute(int relaxations) : Attribute
{
    public int Relaxations { get; } = relaxations;
}
