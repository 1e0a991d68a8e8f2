using System;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>AES in Galois counter mode (NIST SP 800-38D).</summary>
public sealed unsafe class AesGcm : ICipher
{
    /// <summary>Longest stream: more the library does not take.</summary>
    public const ulong StreamBytesMax = 0xffff_ffe0;

    private const int TagBytesMax = 16, Aes = 2, Decrypt = 0, Encrypt = 1;

    private nint _gcm;

    /// <summary>Begins a stream.</summary>
    /// <param name="key">16, 24 or 32 bytes.</param>
    /// <param name="nonce">What is used once only.</param>
    /// <param name="isDecrypting">Decrypts; else encrypts.</param>
    /// <exception cref="BootFailure">There is no memory.</exception>
    public AesGcm(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, bool isDecrypting)
    {
        CLibrary.Use();
        _gcm = CLibrary.Allocate(Native.SizeOf(Structure.Gcm));
        Native.GcmInitialize(_gcm);
        int status;
        fixed (byte* secret = key, number = nonce)
        {
            status = Native.GcmKey(_gcm, Aes, secret, (uint)key.Length * 8);
            if (status == 0)
                status = Native.GcmStart(_gcm, isDecrypting ? Decrypt : Encrypt, number, (nuint)nonce.Length);
        }
        if (status == 0) return;
        Dispose();
        throw CryptoFailure.Of("an AES key cannot be used", status);
    }

    /// <inheritdoc/>
    public int UnitBytes => 1;

    /// <summary>Takes what the tag vouches for besides the stream; before the stream.</summary>
    public void AddAuthenticated(ReadOnlySpan<byte> bytes)
    {
        Check.That(_gcm != 0);
        fixed (byte* more = bytes) Require(Native.GcmAddMore(_gcm, more, (nuint)bytes.Length));
    }

    /// <inheritdoc/>
    public void Apply(Span<byte> piece)
    {
        Check.That(_gcm != 0);
        nuint written;
        fixed (byte* bytes = piece)
            Require(Native.GcmUpdate(_gcm, bytes, (nuint)piece.Length, bytes, (nuint)piece.Length, &written));
        Check.That(written == (nuint)piece.Length);
    }

    /// <summary>Ends the stream: whether this is its tag. How much of a wrong one is right cannot be told from the time
    /// it takes.</summary>
    public bool EndsWith(ReadOnlySpan<byte> tag)
    {
        Check.That(_gcm != 0 && tag.Length <= TagBytesMax);
        Span<byte> expected = stackalloc byte[TagBytesMax];
        nuint written;
        fixed (byte* bytes = expected)
            Require(Native.GcmFinish(_gcm, null, 0, &written, bytes, (nuint)tag.Length));
        int difference = 0;
        for (int i = 0; i < tag.Length; i++) difference |= expected[i] ^ tag[i];
        return difference == 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_gcm == 0) return;
        Native.GcmFree(_gcm);
        CLibrary.Release(_gcm);
        _gcm = 0;
    }

    private static void Require(int status)
    {
        if (status != 0) throw CryptoFailure.Of("AES-GCM failed", status);
    }
}
