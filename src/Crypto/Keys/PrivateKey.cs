using System;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>A private key of our own.</summary>
public sealed unsafe class PrivateKey : IDisposable
{
    /// <summary>Longest key that <see cref="Unwrap"/> gives.</summary>
    public const int WrappedBytesMax = 32;

    private readonly byte[] _seed = new byte[HashKinds.DigestBytesOf(HashKind.Sha256)];   // as secret as the key
    private nint _key;

    private PrivateKey()
    {
        CLibrary.UsePsa();   // the key is blinded with random numbers wherever it is used
        _key = CLibrary.Allocate(Native.SizeOf(Structure.Key));
        Native.KeyInitialize(_key);
    }

    internal nint Handle => _key;

    /// <summary>Reads one from a file.</summary>
    /// <param name="file">PEM or DER, not encrypted.</param>
    /// <exception cref="BootFailure">It is none, or there is no memory.</exception>
    public static PrivateKey ReadFile(ReadOnlySpan<byte> file)
    {
        if (!PemReader.LooksLikePem(file)) return Read(file);
        var reader = new PemReader(file);
        while (reader.TryRead(out PemBlock? block, out _))
        {
            try
            {
                if (block!.Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)) return Read(block.Bytes);
            }
            finally
            {
                Array.Clear(block!.Bytes);
            }
        }
        throw new BootFailure(TlsFailure.BadOwnKey);
    }

    /// <summary>Reads one.</summary>
    /// <param name="encoded">DER: PKCS #8, PKCS #1 or SEC 1, not encrypted.</param>
    /// <exception cref="BootFailure">It is none, or there is no memory.</exception>
    public static PrivateKey Read(ReadOnlySpan<byte> encoded)
    {
        var key = new PrivateKey();
        try
        {
            int status;
            fixed (byte* bytes = encoded) status = Native.KeyReadPrivate(key._key, bytes, (nuint)encoded.Length);
            if (CryptoFailure.IsOutOfMemory(status)) throw new BootFailure(CryptoFailure.OutOfMemory);
            if (status != 0) throw new BootFailure(TlsFailure.BadOwnKey);
            Digest.Compute(HashKind.Sha256, encoded, key._seed);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Whether it belongs to a certificate.</summary>
    /// <exception cref="BootFailure">There is no memory.</exception>
    public bool IsOf(in CertificateView certificate)
    {
        using PublicKey? key = PublicKey.TryRead(certificate.PublicKey);
        if (key is null) return false;
        int status = Native.KeyMatches(key.Handle, _key);
        return CryptoFailure.IsOutOfMemory(status) ? throw new BootFailure(CryptoFailure.OutOfMemory) : status == 0;
    }

    /// <summary>Decrypts a key that somebody encrypted for this one. Whoever sent it shall not learn from us whether it
    /// was well made, which would help him to read what others have sent: what is not gives another key, always the
    /// same for the same bytes, which then does not fit (RFC 3218, section 2.3).</summary>
    /// <param name="encrypted">The encrypted key.</param>
    /// <param name="oaepHash">RSA-OAEP with this hash; <see cref="HashKind.None"/>: RSA PKCS #1 version 1.5.</param>
    /// <param name="target">Receives it, as long as it must be.</param>
    /// <exception cref="BootFailure">There is no memory.</exception>
    public void Unwrap(ReadOnlySpan<byte> encrypted, HashKind oaepHash, Span<byte> target)
    {
        Check.That(target.Length <= WrappedBytesMax);
        Span<byte> opened = stackalloc byte[WrappedBytesMax], other = stackalloc byte[HashKinds.DigestBytesMax];
        opened.Clear();
        Digest.ComputeHmac(HashKind.Sha256, _seed, encrypted, other);
        nuint length;
        int status;
        fixed (byte* input = encrypted, output = opened)
        {
            status = Native.KeyDecrypt(
                _key, Digest.TypeOf(oaepHash), input, (nuint)encrypted.Length, output, (nuint)target.Length, &length);
        }
        if (CryptoFailure.IsOutOfMemory(status)) throw new BootFailure(CryptoFailure.OutOfMemory);
        int trouble = status | (int)length ^ target.Length;
        int mask = (trouble | -trouble) >> 31;   // all bits where there is any, none where there is not
        for (int i = 0; i < target.Length; i++) target[i] = (byte)(opened[i] & ~mask | other[i] & mask);
        opened.Clear();
        other.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.Clear(_seed);
        if (_key == 0) return;
        Native.KeyFree(_key);
        CLibrary.Release(_key);
        _key = 0;
    }
}
