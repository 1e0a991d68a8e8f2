using System;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the reading of envelopes: whom they are for, and how what they belong to is encrypted.</summary>
public class EnvelopeTests
{
    [Fact]
    public void AnAuthenticatedEnvelopeIsRead()
    {
        Assert.True(EnvelopeView.TryRead(CmsSamples.Gcm, out EnvelopeView view, out _));
        Assert.Equal((ContentCipher.AesGcm, 16, 1), (view.Cipher, view.KeyBytes, view.RecipientCount));
        Assert.Equal("9bad935a27c8bb47f88c297f", Convert.ToHexStringLower(view.Nonce));
        Assert.Equal("64d1633014724bff527586b88b5a569f", Convert.ToHexStringLower(view.Tag));
        Assert.False(view.HasAttributes);
        EnvelopeRecipient recipient = view.Recipient(0);
        Assert.Equal((KeyTransport.RsaPkcs1, HashKind.None), (recipient.Transport, recipient.Hash));
        Assert.Equal(64, recipient.EncryptedKey.Length);
        Assert.True(IsOurs(recipient));
    }

    [Fact]
    public void AStreamedEnvelopeOfIndefiniteLengthIsReadAndItsContentPassedOver()
    {
        Assert.True(EnvelopeView.TryRead(CmsSamples.Cbc, out EnvelopeView view, out _));
        Assert.Equal((ContentCipher.AesCbc, 32, 2), (view.Cipher, view.KeyBytes, view.RecipientCount));
        Assert.Equal("5ff32e1b1441e1b86d54ae5658a00325", Convert.ToHexStringLower(view.Nonce));
        Assert.Equal(0, view.Tag.Length);
        Assert.True(IsOurs(view.Recipient(0)));   // by the key identifier
        Assert.Equal(KeyTransport.RsaPkcs1, view.Recipient(0).Transport);
        Assert.False(IsOurs(view.Recipient(1)));
        Assert.Equal(KeyTransport.None, view.Recipient(1).Transport);
    }

    [Fact]
    public void OaepIsTakenWithOneHash()
    {
        Assert.True(EnvelopeView.TryRead(CmsSamples.Oaep, out EnvelopeView view, out _));
        EnvelopeRecipient recipient = view.Recipient(0);
        Assert.Equal((KeyTransport.RsaOaep, HashKind.Sha256), (recipient.Transport, recipient.Hash));
        Assert.Equal((ContentCipher.AesGcm, 24), (view.Cipher, view.KeyBytes));
        byte[] other = Changed(   // SHA-512, and SHA-256 for the mask
            CmsSamples.Oaep, "300b0609608648016503040201a11a", "300b0609608648016503040203a11a");
        Assert.True(EnvelopeView.TryRead(other, out view, out _));
        Assert.Equal(KeyTransport.None, view.Recipient(0).Transport);
    }

    [Theory]
    [InlineData("0609608648016503040106", "0609608648016503040107", ContentCipher.None, 0)]      // AES-128-CCM
    [InlineData("0609608648016503040106", "0609608648016503040102", ContentCipher.None, 0)]      // CBC has no tag
    [InlineData("0609608648016503040106", "060960864801650304012e", ContentCipher.AesGcm, 32)]
    [InlineData("06092a864886f70d010101", "06092a864886f70d010109", ContentCipher.AesGcm, 16)]   // another kind of key
    [InlineData("06092a864886f70d010701", "06092a864886f70d010702", ContentCipher.AesGcm, 16)]   // any content
    public void WhatIsNotKnownIsNoError(string from, string to, ContentCipher cipher, int keyBytes)
    {
        Assert.True(EnvelopeView.TryRead(Changed(CmsSamples.Gcm, from, to), out EnvelopeView view, out _));
        Assert.Equal((cipher, keyBytes), (view.Cipher, view.KeyBytes));
    }

    [Theory]
    [InlineData("060b2a864886f70d0109100117", "060b2a864886f70d0109100118", ParseError.BadVersion)]
    [InlineData("020110", "02010f", ParseError.BadLength)]        // a tag of 15 bytes, which it is not
    [InlineData("020110", "020111", ParseError.BadLength)]
    [InlineData("020110", "02010b", ParseError.BadLength)]        // tags have 12 at least
    [InlineData("020110", "0201ff", ParseError.BadLength)]
    [InlineData("020110", "040110", ParseError.BadKind)]
    [InlineData("041064d1", "051064d1", ParseError.BadKind)]      // no tag
    [InlineData("04409f45", "05409f45", ParseError.BadKind)]      // no key
    [InlineData("3081af", "3081ae", ParseError.BadLength)]
    [InlineData("040c9bad", "04ff9bad", ParseError.BadLength)]
    public void MessagesThatAreNoEnvelopesAreRefused(string from, string to, ParseError expected)
    {
        Assert.False(EnvelopeView.TryRead(Changed(CmsSamples.Gcm, from, to), out _, out ParseError error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("3080 06092a864886f70d010703 a080 308402ffffff")]
    [InlineData("3084ffffffff 06092a864886f70d010703")]
    [InlineData("3089ffffffffffffffffff")]
    [InlineData("3082ffff 06092a864886f70d010703")]
    public void HugeLengthsAreRefused(string hex)
    {
        Assert.False(EnvelopeView.TryRead(Golden.Bytes(hex), out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void AVectorOfAnotherLengthIsRefused()
    {
        byte[] cbc = Changed(CmsSamples.Cbc, "301d060960864801650304012a04105ff32e1b1441e1b86d54ae5658a00325",
            "301c060960864801650304012a040f5ff32e1b1441e1b86d54ae5658a003");
        Assert.False(EnvelopeView.TryRead(cbc, out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void RecipientsAreBounded()
    {
        Assert.True(EnvelopeView.TryRead(WithRecipients(EnvelopeView.RecipientsMax), out EnvelopeView view, out _));
        Assert.Equal(EnvelopeView.RecipientsMax, view.RecipientCount);
        Assert.False(
            EnvelopeView.TryRead(WithRecipients(EnvelopeView.RecipientsMax + 1), out _, out ParseError error));
        Assert.Equal(ParseError.TooMany, error);
    }

    [Fact]
    public void BytesBehindTheMessageAreRefused() =>
        Assert.False(EnvelopeView.TryRead([.. CmsSamples.Gcm, 0], out _, out _));

    /// <summary>An envelope for many who share a password with the sender.</summary>
    private static byte[] WithRecipients(int count)
    {
        byte[] list = new byte[2 * count];
        for (int i = 0; i < count; i++) list[2 * i] = 0xa3;
        byte[] content = Golden.Bytes("""
            302a 06092a864886f70d010701 301d 060960864801650304012a 0410 5ff32e1b1441e1b86d54ae5658a00325
            """);
        return
        [
            .. Golden.Bytes("3080 06092a864886f70d010703 a080 3080 020103"), 0x31, 0x81, (byte)list.Length, .. list,
            .. content, 0, 0, 0, 0, 0, 0,
        ];
    }

    private static bool IsOurs(EnvelopeRecipient recipient)
    {
        Assert.True(CertificateView.TryRead(CmsSamples.Certificate, out CertificateView certificate, out _));
        return recipient.Names(certificate);
    }

    private static byte[] Changed(byte[] message, string from, string to)
    {
        string hex = Convert.ToHexStringLower(message);
        Assert.Contains(from, hex);
        return Convert.FromHexString(hex.Replace(from, to));
    }
}
