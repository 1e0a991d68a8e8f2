using System;

namespace System.Runtime.CompilerServices;

[AttributeUsage(AttributeTargets.All)]
public sealed class ExtensionMarkerAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
