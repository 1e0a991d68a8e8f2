using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Bootlace.Wire;

/// <summary>States what must hold if our own code is right, in release builds too. Data from outside may never reach a
/// check: parsers refuse it with false, and the world's failures are <see cref="BootFailure"/>s.</summary>
public static class Check
{
    /// <summary>Stops with file and line unless <paramref name="condition"/> holds.</summary>
    public static void That(
        [DoesNotReturnIf(false)] bool condition,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        if (!condition) Fail(file, line);
    }

    // Apart, so that a check that holds costs its callers one branch.
    [DoesNotReturn]
    private static void Fail(string file, int line) => throw new CheckFailed(file, line);
}

/// <summary>A bug of ours: something <see cref="Check.That"/> states does not hold.</summary>
public sealed class CheckFailed(string file, int line) : Exception($"check failed at {file}:{line}");
