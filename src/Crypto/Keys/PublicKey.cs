using System;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>A public key, for checking signatures: RSA, or ECDSA on P-256, P-384 or P-521.</summary>
public sealed unsafe class PublicKey : IDisposable
{
    private const int TypeRsa = 1, TypeEcdsa = 4, TypePss = 6;   // mbedtls_pk_type_t

    /// <summary>Longest exponent of an RSA key that is used. Nobody has longer ones, and to check a signature takes as
    /// long as they are: a peer who may show many keys could keep us busy for minutes.</summary>
    private const int ExponentBytesMax = 8;

    private nint _key;

    private PublicKey()
    {
        CLibrary.Use();
        _key = CLibrary.Allocate(Native.SizeOf(Structure.Key));
        Native.KeyInitialize(_key);
    }

    internal nint Handle => _key;

    /// <summary>Whether it is an RSA key.</summary>
    public bool IsRsa => Native.KeyCan(_key, TypeRsa) != 0;

    /// <summary>Its length in bits.</summary>
    public int Bits => (int)Native.KeyBits(_key);

    /// <summary>Reads a key as certificates have it (SubjectPublicKeyInfo, RFC 5280, section 4.1.2.7); null: it is of
    /// no kind we know, or damaged.</summary>
    /// <exception cref="BootFailure">There is no memory.</exception>
    public static PublicKey? TryRead(ReadOnlySpan<byte> encoded)
    {
        var key = new PublicKey();
        int status;
        fixed (byte* bytes = encoded) status = Native.KeyReadPublic(key._key, bytes, (nuint)encoded.Length);
        if (status == 0 && (!key.IsRsa || IsUsualExponent(encoded))) return key;
        key.Dispose();
        return CryptoFailure.IsOutOfMemory(status) ? throw new BootFailure(CryptoFailure.OutOfMemory) : null;
    }

    /// <summary>RSAPublicKey: modulus and exponent (RFC 8017, appendix A.1.1).</summary>
    private static bool IsUsualExponent(ReadOnlySpan<byte> encoded)
    {
        var key = new DerReader(CertificateView.BitsOf(encoded));
        return key.TryEnter(DerTag.Sequence, out DerReader numbers, out _)
            && numbers.TryRead(DerTag.Integer, out DerElement modulus, out _) && !IsNegative(modulus)
            && numbers.TryRead(DerTag.Integer, out DerElement exponent, out _) && !IsNegative(exponent)
            && numbers.IsAtEnd
            && exponent.Content.Length is > 0 and <= ExponentBytesMax && exponent.Content[^1] % 2 == 1;
    }

    private static bool IsNegative(in DerElement number) => number.Content.Length > 0 && number.Content[0] >= 0x80;

    /// <summary>Whether a signature is this key's over what has that digest by <see cref="SignatureAlgorithm.Hash"/>.
    /// </summary>
    /// <exception cref="BootFailure">There is no memory.</exception>
    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        int type = algorithm.Scheme switch
        {
            SignatureScheme.RsaPkcs1 => TypeRsa,
            SignatureScheme.RsaPss => TypePss,
            SignatureScheme.Ecdsa => TypeEcdsa,
            _ => 0,
        };
        if (type == 0 || digest.Length != HashKinds.DigestBytesOf(algorithm.Hash) || digest.Length == 0) return false;
        var options = new Native.PssOptions
        {
            MaskAlgorithm = Digest.TypeOf(algorithm.MaskHash),
            SaltBytes = algorithm.SaltBytes,
        };
        int status;
        fixed (byte* hashed = digest, signed = signature)
        {
            status = Native.KeyVerify(
                type, type == TypePss ? &options : null, _key, Digest.TypeOf(algorithm.Hash), hashed,
                (nuint)digest.Length, signed, (nuint)signature.Length);
        }
        if (CryptoFailure.IsOutOfMemory(status)) throw new BootFailure(CryptoFailure.OutOfMemory);
        return status == 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_key == 0) return;
        Native.KeyFree(_key);
        CLibrary.Release(_key);
        _key = 0;
    }
}
