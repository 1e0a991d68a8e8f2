using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>A client certificate with its chain and private key.</summary>
public sealed unsafe class OwnCertificate : IDisposable
{
    private readonly PrivateKey _key;
    private nint _chain;

    private OwnCertificate(PrivateKey key)
    {
        _key = key;
        _chain = CLibrary.Allocate(Native.SizeOf(Structure.Certificate));
        Native.CertificateInitialize(_chain);
    }

    internal nint Chain => _chain;

    internal nint Key => _key.Handle;

    /// <summary>Reads both from files.</summary>
    /// <param name="certificates">PEM or DER: the client's own first, then those that lead to its authority.</param>
    /// <param name="privateKey">PEM or DER, not encrypted.</param>
    /// <exception cref="BootFailure">One cannot be read, or they do not belong together.</exception>
    public static OwnCertificate ReadFiles(ReadOnlySpan<byte> certificates, ReadOnlySpan<byte> privateKey)
    {
        var chain = new List<ReadOnlyMemory<byte>>();
        try
        {
            foreach (Certificate one in CertificateFile.Read(certificates)) chain.Add(one.Bytes);
        }
        catch (BootFailure failure) when (failure.Kind != CryptoFailure.OutOfMemory)
        {
            throw new BootFailure(
                TlsFailure.BadOwnCertificate, TlsFailure.BadOwnCertificate.Sentence, failure);
        }
        return Make(chain, PrivateKey.ReadFile(privateKey));
    }

    /// <summary>Reads both.</summary>
    /// <param name="chain">Certificates in DER, the client's own first.</param>
    /// <param name="privateKey">The key in DER: PKCS #8, PKCS #1 or SEC 1, not encrypted.</param>
    /// <exception cref="BootFailure">One cannot be read, or they do not belong together.</exception>
    public static OwnCertificate Read(IReadOnlyList<ReadOnlyMemory<byte>> chain, ReadOnlySpan<byte> privateKey) =>
        Make(chain, PrivateKey.Read(privateKey));

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        if (_chain == 0) return;
        Native.CertificateFree(_chain);
        CLibrary.Release(_chain);
        _chain = 0;
    }

    private static OwnCertificate Make(IReadOnlyList<ReadOnlyMemory<byte>> chain, PrivateKey key)
    {
        var own = new OwnCertificate(key);
        try
        {
            own.ReadChain(chain);
            bool isRead = CertificateView.TryRead(chain[0].Span, out CertificateView certificate, out _);
            if (!isRead || !key.IsOf(certificate)) throw new BootFailure(TlsFailure.OwnKeyDoesNotMatch);
            return own;
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    private static void Require(int status, FailureKind kind)
    {
        if (status == 0) return;
        throw new BootFailure(CryptoFailure.IsOutOfMemory(status) ? CryptoFailure.OutOfMemory : kind);
    }

    private void ReadChain(IReadOnlyList<ReadOnlyMemory<byte>> chain)
    {
        if (chain.Count == 0) throw new BootFailure(TlsFailure.BadOwnCertificate);
        for (int i = 0; i < chain.Count; i++)
        {
            ReadOnlySpan<byte> encoded = chain[i].Span;
            fixed (byte* bytes = encoded)
                Require(Native.CertificateAppend(_chain, bytes, (nuint)encoded.Length), TlsFailure.BadOwnCertificate);
        }
    }
}
