using System;

namespace Bootlace.Crypto;

/// <summary>Encrypts or decrypts a stream where it lies, piece by piece.</summary>
public interface ICipher : IDisposable
{
    /// <summary>Pieces are a multiple of so many bytes.</summary>
    int UnitBytes { get; }

    /// <summary>Takes the next piece.</summary>
    void Apply(Span<byte> piece);
}
