using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>A client certificate with its chain and private key.</summary>
public sealed unsafe class OwnCertificate : IDisposable
{
    private nint _chain, _key;

    private OwnCertificate()
    {
        CLibrary.UsePsa();   // checking the pair blinds the key with random numbers
        _chain = CLibrary.Allocate(Native.SizeOf(Structure.Certificate));
        Native.CertificateInitialize(_chain);
    }

    internal nint Chain => _chain;

    internal nint Key => _key;

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
        byte[] key = DecodeKey(privateKey);
        try
        {
            return Read(chain, key);
        }
        finally
        {
            Array.Clear(key);
        }
    }

    /// <summary>Reads both.</summary>
    /// <param name="chain">Certificates in DER, the client's own first.</param>
    /// <param name="privateKey">The key in DER: PKCS #8, PKCS #1 or SEC 1, not encrypted.</param>
    /// <exception cref="BootFailure">One cannot be read, or they do not belong together.</exception>
    public static OwnCertificate Read(IReadOnlyList<ReadOnlyMemory<byte>> chain, ReadOnlySpan<byte> privateKey)
    {
        var own = new OwnCertificate();
        try
        {
            own.ReadChain(chain);
            own.ReadKey(privateKey);
            return own;
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_key != 0)
        {
            Native.OwnKeyFree(_key);
            CLibrary.Release(_key);
            _key = 0;
        }
        if (_chain == 0) return;
        Native.CertificateFree(_chain);
        CLibrary.Release(_chain);
        _chain = 0;
    }

    private static byte[] DecodeKey(ReadOnlySpan<byte> file)
    {
        if (!PemReader.LooksLikePem(file)) return file.ToArray();
        var reader = new PemReader(file);
        while (reader.TryRead(out PemBlock? block, out _))
        {
            if (block!.Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)) return block.Bytes;
        }
        throw new BootFailure(TlsFailure.BadOwnKey);
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

    private void ReadKey(ReadOnlySpan<byte> privateKey)
    {
        _key = CLibrary.Allocate(Native.SizeOf(Structure.Key));
        Native.OwnKeyInitialize(_key);
        fixed (byte* bytes = privateKey)
            Require(Native.KeyReadPrivate(_key, bytes, (nuint)privateKey.Length), TlsFailure.BadOwnKey);
        Require(Native.CertificateMatches(_chain, _key), TlsFailure.OwnKeyDoesNotMatch);
    }
}
