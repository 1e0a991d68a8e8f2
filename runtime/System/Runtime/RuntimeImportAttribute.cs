using System;

namespace System.Runtime;

[AttributeUsage(AttributeTargets.All)]
internal sealed class RuntimeImportAttribute(string dllName, string entryPoint) : Attribute
{
    public string DllName { get; } = dllName;

    public string EntryPoint { get; } = entryPoint;
}
