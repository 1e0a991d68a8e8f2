using System;

namespace System.Reflection;

[AttributeUsage(AttributeTargets.All)]
public sealed class DefaultMemberAttribute(string memberName) : Attribute
{
    public string MemberName { get; } = memberName;
}
