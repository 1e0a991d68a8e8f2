using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Bootlace.Tests.Support;

namespace Bootlace.Tests.Tls;

/// <summary>Speaks TLS 1.3, and rightly unless told otherwise: P-256 after a HelloRetryRequest, AES-128-GCM, an ECDSA
/// key on P-256.</summary>
/// <param name="identity">Its certificate and key.</param>
internal sealed class Puppet13(TestIdentity identity) : Puppet
{
    private const int HashBytes = 32;

    private static readonly byte[] s_retryRandom = SHA256.HashData("HelloRetryRequest"u8);

    private readonly ECDiffieHellman _share = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private byte[] _secret = [], _serverSecret = [];
    private RecordKey? _key;

    /// <summary>Answers the first ClientHello: once more, with a share for P-256.</summary>
    public void AskAgain(byte[] clientOutput, ushort group = 23, byte[]? extensions = null)
    {
        byte[] hello = HelloIn(clientOutput);
        Transcript.AddRange([254, 0, 0, HashBytes, .. SHA256.HashData(hello)]);
        byte[] share = [0, 51, 0, 2, (byte)(group >> 8), (byte)group];
        SayMessage(ServerHello, HelloBody(hello, s_retryRandom, [.. share, .. extensions ?? []]));
    }

    /// <summary>Answers the second: agreed. From here on it encrypts.</summary>
    public void Agree(byte[] clientOutput, byte[]? extensions = null)
    {
        byte[] hello = HelloIn(clientOutput);
        Transcript.AddRange(hello);
        int at = hello.AsSpan().IndexOf(new byte[] { 0, 23, 0, 65, 4 }) + 4;
        ECParameters theirs = new()
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = hello[(at + 1)..(at + 33)], Y = hello[(at + 33)..(at + 65)] },
        };
        ECPoint own = _share.ExportParameters(false).Q;
        SayAgreed(hello, [4, .. own.X!, .. own.Y!], extensions);

        using ECDiffieHellman client = ECDiffieHellman.Create(theirs);
        byte[] shared = _share.DeriveRawSecretAgreement(client.PublicKey), none = new byte[HashBytes];
        byte[] early = HKDF.Extract(HashAlgorithmName.SHA256, none, none);
        _secret = HKDF.Extract(
            HashAlgorithmName.SHA256, shared, Expand(early, "derived", SHA256.HashData([]), HashBytes));
        UseSecret(Expand(_secret, "s hs traffic", TranscriptHash, HashBytes));
    }

    /// <summary>Answers the second ClientHello with a share of the test's.</summary>
    public void AgreeOn(byte[] clientOutput, byte[] point) => SayAgreed(HelloIn(clientOutput), point, null);

    /// <summary>The rest of the handshake, as it should be.</summary>
    public void Prove()
    {
        ShowCertificate();
        SayMessage(CertificateVerify, Signed(0x0403, (ECDsa)identity.Key));
        SayFinished();
    }

    /// <summary>Shows its certificate, and proves nothing.</summary>
    public void ShowCertificate()
    {
        SayMessage(EncryptedExtensions, [0, 0]);
        SayMessage(CertificateList, CertificateBody(identity.Der));
    }

    /// <summary>The proof at the end; then the keys of the stream are used.</summary>
    public void SayFinished()
    {
        byte[] key = Expand(_serverSecret, "finished", [], HashBytes);
        SayMessage(Finished, HMACSHA256.HashData(key, TranscriptHash));
        byte[] main = HKDF.Extract(HashAlgorithmName.SHA256, new byte[HashBytes],
            Expand(_secret, "derived", SHA256.HashData([]), HashBytes));
        UseSecret(Expand(main, "s ap traffic", TranscriptHash, HashBytes));
    }

    /// <summary>A Certificate message's body.</summary>
    public static byte[] CertificateBody(params byte[][] certificates)
    {
        List<byte> list = [];
        foreach (byte[] one in certificates) list.AddRange([.. Length24(one.Length), .. one, 0, 0]);
        return [0, .. Length24(list.Count), .. list];
    }

    /// <summary>A CertificateVerify message's body for what was said so far.</summary>
    public byte[] Signed(ushort scheme, ECDsa key)
    {
        byte[] content = [.. Enumerable.Repeat((byte)32, 64), .. "TLS 1.3, server CertificateVerify\0"u8,
            .. TranscriptHash];
        byte[] signature = key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return [(byte)(scheme >> 8), (byte)scheme, 0, (byte)signature.Length, .. signature];
    }

    /// <summary>A ticket's body with so many bytes in it.</summary>
    public static byte[] TicketBody(int count) =>
        [0, 0, 2, 0, 1, 2, 3, 4, 1, 7, (byte)(count >> 8), (byte)count, .. new byte[count], 0, 0];

    /// <inheritdoc/>
    protected override byte[] Protect(byte type, byte[] content, int padding) =>
        _key is null ? Plain(type, content) : _key.Protect([.. content, type, .. new byte[padding]]);

    private void SayAgreed(byte[] hello, byte[] point, byte[]? extensions) => SayMessage(ServerHello, HelloBody(
        hello, RandomNumberGenerator.GetBytes(32),
        [0, 51, 0, (byte)(point.Length + 4), 0, 23, 0, (byte)point.Length, .. point, .. extensions ?? []]));

    private static byte[] HelloBody(byte[] clientHello, byte[] random, byte[] keyShare)
    {
        byte[] sessionId = clientHello[38..(39 + clientHello[38])];   // with its length
        byte[] extensions = [0, 43, 0, 2, 3, 4, .. keyShare];
        return [3, 3, .. random, .. sessionId, 0x13, 1, 0, 0, (byte)extensions.Length, .. extensions];
    }

    private static byte[] Expand(byte[] secret, string label, byte[] context, int length)
    {
        byte[] name = Encoding.ASCII.GetBytes("tls13 " + label);
        return HKDF.Expand(HashAlgorithmName.SHA256, secret, length,
            [0, (byte)length, (byte)name.Length, .. name, (byte)context.Length, .. context]);
    }

    private void UseSecret(byte[] secret)
    {
        _serverSecret = secret;
        _key = new RecordKey(Expand(secret, "key", [], 16), Expand(secret, "iv", [], 12));
    }

    /// <summary>The key of one direction (RFC 8446, section 5.2).</summary>
    private sealed class RecordKey(byte[] key, byte[] nonce)
    {
        private readonly AesGcm _gcm = new(key, 16);
        private ulong _number;

        public byte[] Protect(byte[] content)
        {
            byte[] mask = new byte[12], sealedBytes = new byte[content.Length], tag = new byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(mask.AsSpan(4), _number++);
            for (int i = 0; i < mask.Length; i++) mask[i] ^= nonce[i];
            int length = content.Length + tag.Length;
            byte[] head = [Data, 3, 3, (byte)(length >> 8), (byte)length];
            _gcm.Encrypt(mask, content, sealedBytes, tag, head);
            return [.. head, .. sealedBytes, .. tag];
        }
    }
}
