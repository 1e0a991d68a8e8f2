using System;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The forms a CMS message comes in as a file: DER, or PEM around it.</summary>
/// <param name="NotOne">Why something else is refused.</param>
/// <param name="IsMail">Why an S/MIME mail is.</param>
internal sealed record CmsFile(FailureKind NotOne, FailureKind IsMail)
{
    /// <summary>Signatures.</summary>
    public static readonly CmsFile Signature = new(SignatureFailure.NotASignature, SignatureFailure.IsMail);

    /// <summary>Envelopes.</summary>
    public static readonly CmsFile Envelope = new(EnvelopeFailure.NotAnEnvelope, EnvelopeFailure.IsMail);

    /// <summary>The encoded message.</summary>
    /// <exception cref="BootFailure">It is something else.</exception>
    public ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length > 0 && bytes[0] == DerTag.Sequence.Value) return file;
        if (bytes.IndexOf("MIME-Version:"u8) >= 0) throw new BootFailure(IsMail);
        var reader = new PemReader(bytes);
        while (reader.TryRead(out PemBlock? block, out _))
        {
            if (block!.Label is "CMS" or "PKCS7") return block.Bytes;
        }
        throw new BootFailure(NotOne);
    }
}
