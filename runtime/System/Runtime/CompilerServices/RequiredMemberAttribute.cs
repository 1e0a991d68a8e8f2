using System;

namespace System.Runtime.CompilerServices;

[AttributeUsage(AttributeTargets.All)]
public sealed class RequiredMemberAttribute : Attribute;
