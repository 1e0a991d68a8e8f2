using System;
using System.Collections.Generic;
using Bootlace.Crypto;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Opens envelopes that are for us: for a certificate that is set or stored, and whose private key is ours.
/// </summary>
internal sealed class EnvelopeOpener(SettingsStore settings, TrustStore trust)
{
    private const ulong EnvelopeBytesMax = 1 << 20;

    /// <summary>Opens one.</summary>
    /// <exception cref="BootFailure">It is none, of a kind we do not know, or for somebody else. That its key was made
    /// wrongly is not told: it then fits nothing.</exception>
    public OpenedEnvelope Open(Image envelope)
    {
        if (envelope.SizeBytes > EnvelopeBytesMax) throw new BootFailure(EnvelopeFailure.EnvelopeTooLarge);
        ReadOnlySpan<byte> message = CmsFile.Envelope.Read(envelope.Content.ToContiguous()).Span;
        if (!EnvelopeView.TryRead(message, out EnvelopeView view, out _))
            throw new BootFailure(EnvelopeFailure.NotAnEnvelope);
        if (view.Cipher == ContentCipher.None) throw new BootFailure(EnvelopeFailure.UnknownCipher);
        byte[] privateKey = ClientIdentity.ReadKey(settings);
        if (privateKey.Length == 0) throw new BootFailure(EnvelopeFailure.NoPrivateKey);
        using PrivateKey own = PrivateKey.ReadFile(privateKey);
        EnvelopeRecipient recipient = FindOurselves(view, own);
        byte[] key = new byte[view.KeyBytes];
        own.Unwrap(recipient.EncryptedKey, recipient.Hash, key);
        return new OpenedEnvelope(view, key);
    }

    private EnvelopeRecipient FindOurselves(in EnvelopeView view, PrivateKey own)
    {
        if (TryFind(view, own, ReadCertificates(), isSet: true, out EnvelopeRecipient recipient)) return recipient;
        var stored = new List<Certificate>();
        foreach (StoredCertificate one in trust.Certificates) stored.Add(one.Certificate);
        if (TryFind(view, own, stored, isSet: false, out recipient)) return recipient;
        bool isAnyKnown = false;
        for (int i = 0; i < view.RecipientCount; i++) isAnyKnown |= view.Recipient(i).Transport != KeyTransport.None;
        throw new BootFailure(isAnyKnown ? EnvelopeFailure.NotForUs : EnvelopeFailure.UnknownTransport);
    }

    private static bool TryFind(
        in EnvelopeView view, PrivateKey own, List<Certificate> certificates, bool isSet, out EnvelopeRecipient found)
    {
        for (int i = 0; i < view.RecipientCount; i++)
        {
            found = view.Recipient(i);
            foreach (Certificate one in certificates)
            {
                CertificateView certificate = one.View;
                if (!found.Names(certificate)) continue;
                if (own.IsOf(certificate))
                {
                    return found.Transport != KeyTransport.None
                        ? true : throw new BootFailure(EnvelopeFailure.UnknownTransport);
                }
                if (isSet) throw new BootFailure(TlsFailure.OwnKeyDoesNotMatch);
            }
        }
        found = default;
        return false;
    }

    /// <summary>Those that are set.</summary>
    private List<Certificate> ReadCertificates()
    {
        byte[] file = ClientIdentity.ReadCertificate(settings);
        if (file.Length == 0) return [];
        try
        {
            return CertificateFile.Read(file);
        }
        catch (BootFailure failure) when (failure.Kind != CryptoFailure.OutOfMemory)
        {
            throw new BootFailure(
                TlsFailure.BadOwnCertificate, TlsFailure.BadOwnCertificate.Sentence, failure);
        }
    }
}
