using System;
using Bootlace.Crypto;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>What an image is encrypted by, until it is disposed: key, cipher and tag.</summary>
internal sealed class OpenedEnvelope : IDisposable
{
    private readonly byte[] _key, _nonce, _tag, _authenticated;
    private readonly ContentCipher _kind;

    /// <param name="envelope">Of a cipher that we know.</param>
    /// <param name="key">Its key, which is wiped when this is disposed.</param>
    public OpenedEnvelope(in EnvelopeView envelope, byte[] key)
    {
        _kind = envelope.Cipher;
        _key = key;
        _nonce = envelope.Nonce.ToArray();
        _tag = envelope.Tag.ToArray();
        _authenticated = envelope.HasAttributes
            ? [.. CmsSigner.AttributesTag, .. envelope.AttributesAfterTag] : [];
    }

    /// <summary>The content is padded to whole blocks; else it ends with a tag.</summary>
    public bool IsPadded => _kind == ContentCipher.AesCbc;

    /// <summary>Begins the stream: decrypting it, or encrypting it as it was before.</summary>
    public ICipher Begin(bool isDecrypting)
    {
        if (IsPadded) return new AesCbc(_key, _nonce, isDecrypting);
        var cipher = new AesGcm(_key, _nonce, isDecrypting);
        cipher.AddAuthenticated(_authenticated);
        return cipher;
    }

    /// <summary>Decrypts one block that stands behind another one, or at the beginning.</summary>
    /// <param name="before">The encrypted block before it; empty: there is none.</param>
    /// <param name="block">The block.</param>
    public void Decrypt(ReadOnlySpan<byte> before, Span<byte> block)
    {
        using var cipher = new AesCbc(_key, before.Length > 0 ? before : _nonce, isDecrypting: true);
        cipher.Apply(block);
    }

    /// <summary>Whether the stream that was decrypted is the one that was encrypted, as far as the cipher can tell.
    /// </summary>
    public bool IsWhole(ICipher cipher) => cipher is not AesGcm gcm || gcm.EndsWith(_tag);

    /// <inheritdoc/>
    public void Dispose() => Array.Clear(_key);
}
