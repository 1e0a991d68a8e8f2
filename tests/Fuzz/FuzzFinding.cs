using System;

namespace Bootlace.Tests.Fuzz;

/// <summary>An input that a parser did not survive.</summary>
public sealed record FuzzFinding(string Row, byte[] Input, string Fault)
{
    /// <summary>How to keep it: the text of a file for Corpus/.</summary>
    public override string ToString() =>
        $"{Row}: {Fault}\nkeep it as tests/Fuzz/Corpus/{Row}-WHAT.hex:\n{Convert.ToHexStringLower(Input)}";
}
