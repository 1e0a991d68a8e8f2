using System;

namespace System.Diagnostics;

[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class ConditionalAttribute(string conditionString) : Attribute
{
    public string ConditionString { get; } = conditionString;
}
