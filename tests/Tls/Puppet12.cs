using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Bootlace.Tests.Support;

namespace Bootlace.Tests.Tls;

/// <summary>Speaks TLS 1.2, and rightly unless told otherwise: ECDHE on P-256, an ECDSA key on P-256,
/// AES-128-GCM.</summary>
/// <param name="identity">Its certificate and key.</param>
internal sealed class Puppet12(TestIdentity identity) : Puppet
{
    private const ushort Suite = 0xc02b;
    private const int SaltBytes = 4, KeyBytes = 16, TagBytes = 16, NumberBytes = 8, ProofBytes = 12;

    private readonly ECDiffieHellman _share = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _random = RandomNumberGenerator.GetBytes(32);
    private byte[] _clientRandom = [], _secret = [], _keys = [];
    private ulong _number;
    private bool _encrypts;

    /// <summary>ECDHE parameters: a named curve's number and a point.</summary>
    public static byte[] Parameters(byte[] point, byte kind = 3, ushort group = 23) =>
        [kind, (byte)(group >> 8), (byte)group, (byte)point.Length, .. point];

    /// <summary>Answers the ClientHello.</summary>
    /// <param name="clientOutput">What the client sent.</param>
    /// <param name="suite">The suite that is agreed on.</param>
    /// <param name="version">The version that is.</param>
    /// <param name="randomEnd">The end of the random number.</param>
    public void SayHello(
        byte[] clientOutput, ushort suite = Suite, ushort version = 0x303, byte[]? randomEnd = null)
    {
        byte[] hello = HelloIn(clientOutput), extensions = [0xff, 1, 0, 1, 0, 0, 11, 0, 2, 1, 0];
        Transcript.AddRange(hello);
        _clientRandom = hello[6..38];
        randomEnd?.CopyTo(_random, _random.Length - randomEnd.Length);
        SayMessage(ServerHello,
        [
            (byte)(version >> 8), (byte)version, .. _random, 0, (byte)(suite >> 8), (byte)suite, 0,
            0, (byte)extensions.Length, .. extensions,
        ]);
    }

    /// <summary>Shows its certificate.</summary>
    public void SayCertificate() => SayMessage(CertificateList,
        [.. Length24(identity.Der.Length + 3), .. Length24(identity.Der.Length), .. identity.Der]);

    /// <summary>Offers a share, signed.</summary>
    /// <param name="parameters">It; null: a right one.</param>
    /// <param name="scheme">How it is said to be signed.</param>
    /// <param name="hash">The hash it is signed with.</param>
    /// <param name="key">The key it is signed with; null: its own.</param>
    public void SayShare(
        byte[]? parameters = null, ushort scheme = 0x0403, HashAlgorithmName? hash = null, ECDsa? key = null)
    {
        ECPoint own = _share.ExportParameters(false).Q;
        parameters ??= Parameters([4, .. own.X!, .. own.Y!]);
        byte[] signature = (key ?? (ECDsa)identity.Key).SignData(
            [.. _clientRandom, .. _random, .. parameters], hash ?? HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence);
        SayMessage(ServerKeyExchange,
            [.. parameters, (byte)(scheme >> 8), (byte)scheme, 0, (byte)signature.Length, .. signature]);
    }

    /// <summary>The whole first answer, as it should be.</summary>
    public void Answer(byte[] clientOutput)
    {
        SayHello(clientOutput);
        SayCertificate();
        SayShare();
        SayMessage(ServerHelloDone, []);
    }

    /// <summary>Takes the client's share and its proof.</summary>
    public void Hear(byte[] clientOutput)
    {
        (byte Type, byte[] Content)[] records = [.. RecordsIn(clientOutput)];
        byte[] share = records[0].Content;   // ClientKeyExchange
        Transcript.AddRange(share);
        using ECDiffieHellman client = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = share[6..38], Y = share[38..70] },
        });
        _secret = Expand(_share.DeriveRawSecretAgreement(client.PublicKey), "master secret",
            [.. _clientRandom, .. _random], 48);
        _keys = Expand(_secret, "key expansion", [.. _random, .. _clientRandom], 2 * (KeyBytes + SaltBytes));

        byte[] proof = records[^1].Content, plain = new byte[proof.Length - NumberBytes - TagBytes];
        using var gcm = new AesGcm(_keys[..KeyBytes], TagBytes);
        byte[] nonce = [.. _keys[(2 * KeyBytes)..(2 * KeyBytes + SaltBytes)], .. proof[..NumberBytes]];
        byte[] head = [.. new byte[NumberBytes], Handshake, 3, 3, 0, (byte)plain.Length];
        gcm.Decrypt(nonce, proof[NumberBytes..^TagBytes], proof[^TagBytes..], plain, head);
        Transcript.AddRange(plain);
    }

    /// <summary>From here on it encrypts.</summary>
    public void ChangeKeys()
    {
        Say(ChangeCipherSpec, [1]);
        _encrypts = true;
    }

    /// <summary>The proof at the end.</summary>
    public byte[] Proof() => Expand(_secret, "server finished", TranscriptHash, ProofBytes);

    /// <inheritdoc/>
    protected override byte[] Protect(byte type, byte[] content, int padding)
    {
        if (!_encrypts) return Plain(type, content);
        byte[] number = new byte[NumberBytes], hidden = new byte[content.Length], tag = new byte[TagBytes];
        BinaryPrimitives.WriteUInt64BigEndian(number, _number++);
        using var gcm = new AesGcm(_keys[KeyBytes..(2 * KeyBytes)], TagBytes);
        byte[] nonce = [.. _keys[^SaltBytes..], .. number];
        byte[] head = [.. number, type, 3, 3, (byte)(content.Length >> 8), (byte)content.Length];
        gcm.Encrypt(nonce, content, hidden, tag, head);
        return Plain(type, [.. number, .. hidden, .. tag]);
    }

    /// <summary>TLS 1.2's PRF (RFC 5246, section 5).</summary>
    private static byte[] Expand(byte[] secret, string label, byte[] seed, int length)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(label), .. seed], step = named;
        List<byte> result = [];
        while (result.Count < length)
        {
            step = HMACSHA256.HashData(secret, step);
            byte[] input = [.. step, .. named];
            result.AddRange(HMACSHA256.HashData(secret, input));
        }
        return [.. result.Take(length)];
    }
}
