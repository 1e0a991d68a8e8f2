using System;
using System.Buffers.Binary;

namespace Bootlace.Uefi;

/// <summary>Stretches what was gathered into as many random bytes as are asked for. Each block's first half replaces
/// the key, so that nothing given out earlier can be computed from the state ("fast key erasure").</summary>
internal sealed class RandomGenerator
{
    private const int OutputBytes = ChaCha20.BlockBytes - ChaCha20.KeyBytes;

    private readonly byte[] _key = new byte[ChaCha20.KeyBytes];
    private readonly byte[] _block = new byte[ChaCha20.BlockBytes];
    private readonly byte[] _nonce = new byte[ChaCha20.NonceBytes];

    /// <summary>Folds bytes into the state: each piece is added to the key, and the key becomes what ChaCha20 makes of
    /// it. Bytes without entropy do no harm.</summary>
    public void Absorb(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int count = Math.Min(bytes.Length, ChaCha20.KeyBytes);
            for (int i = 0; i < count; i++) _key[i] ^= bytes[i];
            BinaryPrimitives.WriteInt32LittleEndian(_nonce, count);
            Advance();
            bytes = bytes[count..];
        }
        BinaryPrimitives.WriteInt32LittleEndian(_nonce, 0);
    }

    /// <summary>Fills <paramref name="target"/> whole.</summary>
    public void Fill(Span<byte> target)
    {
        while (target.Length > 0)
        {
            Advance();
            int count = Math.Min(target.Length, OutputBytes);
            _block.AsSpan(ChaCha20.KeyBytes, count).CopyTo(target);
            target = target[count..];
        }
        Array.Clear(_block);
    }

    private void Advance()
    {
        ChaCha20.Block(_key, 0, _nonce, _block);
        _block.AsSpan(0, ChaCha20.KeyBytes).CopyTo(_key);
    }
}
