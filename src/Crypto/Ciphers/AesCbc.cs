using System;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>AES in CBC mode (NIST SP 800-38A, section 6.2). Padding is left to others.</summary>
public sealed unsafe class AesCbc : ICipher
{
    private const int BlockBytes = 16, Decrypt = 0, Encrypt = 1;

    private readonly byte[] _vector;
    private readonly bool _isDecrypting;
    private nint _aes;

    /// <summary>Begins a stream.</summary>
    /// <param name="key">16, 24 or 32 bytes.</param>
    /// <param name="vector">16 bytes.</param>
    /// <param name="isDecrypting">Decrypts; else encrypts.</param>
    /// <exception cref="BootFailure">There is no memory.</exception>
    public AesCbc(ReadOnlySpan<byte> key, ReadOnlySpan<byte> vector, bool isDecrypting)
    {
        Check.That(vector.Length == BlockBytes);
        _vector = vector.ToArray();
        _isDecrypting = isDecrypting;
        CLibrary.Use();
        _aes = CLibrary.Allocate(Native.SizeOf(Structure.Aes));
        Native.AesInitialize(_aes);
        int status;
        fixed (byte* secret = key)
        {
            uint bits = (uint)key.Length * 8;
            status = isDecrypting
                ? Native.AesKeyToDecrypt(_aes, secret, bits) : Native.AesKeyToEncrypt(_aes, secret, bits);
        }
        if (status == 0) return;
        Dispose();
        throw CryptoFailure.Of("an AES key cannot be used", status);
    }

    /// <inheritdoc/>
    public int UnitBytes => BlockBytes;

    /// <inheritdoc/>
    public void Apply(Span<byte> piece)
    {
        Check.That(_aes != 0 && piece.Length % BlockBytes == 0);
        int status;
        fixed (byte* bytes = piece, vector = _vector)
        {
            status = Native.AesCbc(
                _aes, _isDecrypting ? Decrypt : Encrypt, (nuint)piece.Length, vector, bytes, bytes);
        }
        if (status != 0) throw CryptoFailure.Of("AES-CBC failed", status);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_aes == 0) return;
        Native.AesFree(_aes);
        CLibrary.Release(_aes);
        _aes = 0;
    }
}
