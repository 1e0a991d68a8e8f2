using System;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The SHA-256 that a file must have.</summary>
/// <param name="Sha256">The digest; empty: any.</param>
/// <param name="IsListed">A manifest says so; else the script.</param>
internal readonly record struct FileDigest(ReadOnlyMemory<byte> Sha256, bool IsListed)
{
    /// <summary>Somebody says something.</summary>
    public bool IsGiven => Sha256.Length > 0;

    /// <summary>Throws unless <paramref name="actual"/> is it; names the beginnings of both.</summary>
    public void Require(ReadOnlySpan<byte> actual, string name)
    {
        if (Sha256.Span.SequenceEqual(actual)) return;
        FailureKind kind = IsListed ? SignatureFailure.OtherThanListed : SignatureFailure.OtherDigest;
        string source = IsListed ? "the manifest says" : "--sha256 says";
        throw new BootFailure(kind, $"{name} has the SHA-256 {HexDigits.WriteStart(actual)}, "
            + $"{source} {HexDigits.WriteStart(Sha256.Span)}");
    }
}
