using System;

namespace System.Runtime.InteropServices;

[AttributeUsage(AttributeTargets.All)]
public sealed class InAttribute : Attribute;
