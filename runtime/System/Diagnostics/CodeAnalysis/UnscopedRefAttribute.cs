using System;

namespace System.Diagnostics.CodeAnalysis;

[AttributeUsage(AttributeTargets.All)]
public sealed class UnscopedRefAttribute : Attribute;
