using System;
using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>The certificates at hand. All text is <see cref="ByteText"/>; failures are thrown.</summary>
public interface ICertificates
{
    /// <summary>All of them.</summary>
    IReadOnlyList<CertificateLine> All { get; }

    /// <summary>Takes the certificates of a file, in PEM or DER.</summary>
    /// <param name="image">The file.</param>
    /// <param name="subject">Only those of that name; null: all.</param>
    /// <param name="isTrusted">They are trusted; else they only may stand between a certificate and somebody who is.
    /// </param>
    /// <returns>How many were new.</returns>
    int Add(IImage image, string? subject, bool isTrusted);

    /// <summary>The same for bytes that are at hand.</summary>
    int Add(ReadOnlySpan<byte> file, string? subject, bool isTrusted);

    /// <summary>Drops those that were added by that name, or all.</summary>
    /// <returns>How many.</returns>
    int Free(string? subject);
}
