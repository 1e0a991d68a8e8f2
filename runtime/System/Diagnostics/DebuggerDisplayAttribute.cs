namespace System.Diagnostics;

[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class DebuggerDisplayAttribute(string? value) : Attribute
{
    public string Value { get; } = value ?? "";

    public string? Name { get; set; }

    public string? Type { get; set; }
}
