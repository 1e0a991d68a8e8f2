using System;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The forms a signature file comes in: DER, or PEM around it.</summary>
internal static class SignatureFile
{
    /// <summary>The encoded message.</summary>
    /// <exception cref="BootFailure">It is something else.</exception>
    public static ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length > 0 && bytes[0] == DerTag.Sequence.Value) return file;
        if (bytes.IndexOf("MIME-Version:"u8) >= 0) throw new BootFailure(SignatureFailure.IsMail);
        var reader = new PemReader(bytes);
        while (reader.TryRead(out PemBlock? block, out _))
        {
            if (block!.Label is "CMS" or "PKCS7") return block.Bytes;
        }
        throw new BootFailure(SignatureFailure.NotASignature);
    }
}
