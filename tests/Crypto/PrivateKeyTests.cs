using System;
using System.Security.Cryptography;
using System.Text;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Crypto;

/// <summary>Protects our private key: what belongs to it, what it opens, and that nobody learns from it why something
/// does not open.</summary>
[Collection(NativeTests.Name)]
public class PrivateKeyTests
{
    private static readonly TestIdentity s_own = TestIdentity.Make("own", key: "rsa2048");
    private static readonly TestIdentity s_curve = TestIdentity.Make("curve");
    private static readonly RSA s_rsa = (RSA)s_own.Key;

    [Theory]
    [InlineData(HashKind.None, 16)]
    [InlineData(HashKind.None, 24)]
    [InlineData(HashKind.None, 32)]
    [InlineData(HashKind.Sha1, 32)]
    [InlineData(HashKind.Sha256, 16)]
    [InlineData(HashKind.Sha384, 32)]
    [InlineData(HashKind.Sha512, 24)]
    public void WhatDotnetEncryptsIsOpened(HashKind oaepHash, int length)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(length);
        RSAEncryptionPadding padding = oaepHash switch
        {
            HashKind.None => RSAEncryptionPadding.Pkcs1,
            HashKind.Sha1 => RSAEncryptionPadding.OaepSHA1,
            HashKind.Sha256 => RSAEncryptionPadding.OaepSHA256,
            HashKind.Sha384 => RSAEncryptionPadding.OaepSHA384,
            _ => RSAEncryptionPadding.OaepSHA512,
        };
        Assert.Equal(secret, Unwrap(s_rsa.Encrypt(secret, padding), oaepHash, length));
        Assert.NotEqual(secret, Unwrap(s_rsa.Encrypt(secret, padding), HashKind.Sha224, length));
    }

    [Fact]
    public void WhatDoesNotOpenGivesTheSameOtherKeyEveryTime()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(32), good = s_rsa.Encrypt(secret, RSAEncryptionPadding.Pkcs1);
        byte[] flipped = (byte[])good.Clone(), otherwise = (byte[])good.Clone();
        flipped[100] ^= 1;
        otherwise[100] ^= 2;
        byte[] key = Unwrap(flipped, HashKind.None, 32);
        Assert.NotEqual(secret, key);
        Assert.Equal(key, Unwrap(flipped, HashKind.None, 32));
        Assert.NotEqual(key, Unwrap(otherwise, HashKind.None, 32));
        Assert.Equal(key[..16], Unwrap(flipped, HashKind.None, 16));

        byte[] tooShort = Unwrap(good, HashKind.None, 24);   // it holds 32
        Assert.NotEqual(secret[..24], tooShort);
        Assert.Equal(tooShort, Unwrap(good, HashKind.None, 24));
        byte[] shorter = s_rsa.Encrypt(secret[..16], RSAEncryptionPadding.Pkcs1);
        Assert.NotEqual(secret[..16], Unwrap(shorter, HashKind.None, 32)[..16]);
        Assert.NotEqual(new byte[16], Unwrap(shorter, HashKind.None, 32)[16..]);
        foreach (int length in new[] { 0, 1, 255, 257, 4096 })
            Assert.NotEqual(new byte[32], Unwrap(new byte[length], HashKind.None, 32));
    }

    [Fact]
    public void AKeyOnACurveOpensNothing()
    {
        using PrivateKey key = PrivateKey.Read(s_curve.Key.ExportPkcs8PrivateKey());
        byte[] target = new byte[32];
        key.Unwrap(new byte[256], HashKind.None, target);
        Assert.NotEqual(new byte[32], target);
        Assert.True(IsOf(key, s_curve));
        Assert.False(IsOf(key, s_own));
    }

    [Fact]
    public void KeysAreReadInAllTheirForms()
    {
        byte[] certificate = Encoding.ASCII.GetBytes(s_own.Pem);
        foreach (byte[] file in new byte[][]
        {
            s_rsa.ExportPkcs8PrivateKey(), s_rsa.ExportRSAPrivateKey(), Encoding.ASCII.GetBytes(s_own.KeyPem),
            [.. certificate, .. Encoding.ASCII.GetBytes(s_rsa.ExportRSAPrivateKeyPem())],
        })
        {
            using PrivateKey key = PrivateKey.ReadFile(file);
            Assert.True(IsOf(key, s_own));
            Assert.False(IsOf(key, s_curve));
        }
        byte[] onlyPublic = s_rsa.ExportSubjectPublicKeyInfo();
        foreach (byte[] file in new byte[][] { [], [0x30, 0], certificate, s_own.Der, onlyPublic })
            Assert.Equal(TlsFailure.BadOwnKey, Assert.Throws<BootFailure>(() => PrivateKey.ReadFile(file)).Kind);
    }

    private static bool IsOf(PrivateKey key, TestIdentity identity)
    {
        Assert.True(CertificateView.TryRead(identity.Der, out CertificateView certificate, out _));
        return key.IsOf(certificate);
    }

    private static byte[] Unwrap(byte[] encrypted, HashKind oaepHash, int length)
    {
        using PrivateKey key = PrivateKey.Read(s_rsa.ExportPkcs8PrivateKey());
        byte[] target = new byte[length];
        key.Unwrap(encrypted, oaepHash, target);
        return target;
    }
}
