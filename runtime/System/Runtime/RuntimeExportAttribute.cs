using System;

namespace System.Runtime;

[AttributeUsage(AttributeTargets.All)]
internal sealed class RuntimeExportAttribute(string entry) : Attribute
{
    public string Entry { get; } = entry;
}
