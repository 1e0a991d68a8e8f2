using System;

namespace Bootlace.Tests.Fuzz;

/// <summary>Reads bytes, and of what it accepts everything there is to read; true if it accepts them. It may never
/// throw.
/// </summary>
public delegate bool FuzzParser(ReadOnlySpan<byte> bytes);

/// <summary>One parser of the fuzz table.</summary>
/// <param name="Name">Its name, as corpus files and findings have it.</param>
/// <param name="Parser">The parser.</param>
/// <param name="Samples">Good inputs, to start from.</param>
public sealed record FuzzRow(string Name, FuzzParser Parser, params byte[][] Samples)
{
    /// <summary>A part of a good input is never a good input.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Puts the checksums of a mutated input right, so that it gets past their check.</summary>
    public Action<byte[]>? Repair { get; init; }
}
