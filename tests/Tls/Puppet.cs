using System.Buffers.Binary;
using System.Collections.Generic;
using System.Security.Cryptography;

namespace Bootlace.Tests.Tls;

/// <summary>A TLS server that says, and encrypts, whatever a test wants. What it says waits to be taken.</summary>
internal abstract class Puppet
{
    public const byte ChangeCipherSpec = 20, Alert = 21, Handshake = 22, Data = 23;
    public const byte HelloRequest = 0, ServerHello = 2, NewSessionTicket = 4, EncryptedExtensions = 8;
    public const byte CertificateList = 11, ServerKeyExchange = 12, ServerHelloDone = 14, CertificateVerify = 15;
    public const byte Finished = 20, KeyUpdate = 24;

    private readonly List<byte> _said = [];

    /// <summary>How much waits.</summary>
    public int SaidBytes => _said.Count;

    /// <summary>The handshake's messages so far.</summary>
    protected List<byte> Transcript { get; } = [];

    protected byte[] TranscriptHash => SHA256.HashData(Transcript.ToArray());

    /// <summary>Takes what it has said.</summary>
    public byte[] TakeSaid()
    {
        byte[] said = [.. _said];
        _said.Clear();
        return said;
    }

    /// <summary>Says bytes as they are.</summary>
    public void SayBytes(byte[] bytes) => _said.AddRange(bytes);

    /// <summary>Says a record, encrypted where keys are there.</summary>
    /// <param name="type">Its content's type.</param>
    /// <param name="content">It.</param>
    /// <param name="padding">Zeros behind it, in TLS 1.3.</param>
    public void Say(byte type, byte[] content, int padding = 0) => SayBytes(Protect(type, content, padding));

    /// <summary>Says a handshake message in one record.</summary>
    public void SayMessage(byte type, byte[] body) => Say(Handshake, Message(type, body));

    /// <summary>A handshake message, which counts as said.</summary>
    public byte[] Message(byte type, byte[] body)
    {
        byte[] message = [type, .. Length24(body.Length), .. body];
        if (type != HelloRequest) Transcript.AddRange(message);
        return message;
    }

    /// <summary>A record, encrypted where keys are there.</summary>
    protected abstract byte[] Protect(byte type, byte[] content, int padding);

    protected static byte[] Plain(byte type, byte[] content) =>
        [type, 3, 3, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    protected static byte[] Length24(int length) => [(byte)(length >> 16), (byte)(length >> 8), (byte)length];

    /// <summary>The content of the first handshake record in what a client sent.</summary>
    protected static byte[] HelloIn(byte[] output)
    {
        foreach ((byte type, byte[] content) in RecordsIn(output))
        {
            if (type == Handshake) return content;
        }
        throw new System.InvalidOperationException("the client has sent no ClientHello");
    }

    protected static IEnumerable<(byte Type, byte[] Content)> RecordsIn(byte[] output)
    {
        for (int at = 0; at < output.Length;)
        {
            int end = at + 5 + BinaryPrimitives.ReadUInt16BigEndian(output[(at + 3)..(at + 5)]);
            yield return (output[at], output[(at + 5)..end]);
            at = end;
        }
    }
}
