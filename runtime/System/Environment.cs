using System.Diagnostics.CodeAnalysis;
using Internal.Runtime;

namespace System;

public static partial class Environment
{
    [DoesNotReturn]
    public static void FailFast(string? message)
    {
        Crash.Fail(message ?? "");
        throw new InvalidOperationException();
    }
}
