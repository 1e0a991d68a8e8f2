using System;

namespace System.Runtime.CompilerServices;

[AttributeUsage(AttributeTargets.All)]
internal sealed class IntrinsicAttribute : Attribute;
