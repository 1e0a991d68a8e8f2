using System;
using System.Collections.Generic;
using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>A shelf for certificates that takes everything.</summary>
internal sealed class StubCertificates(TracePrinter printer) : ICertificates
{
    public IReadOnlyList<CertificateLine> All => [];

    public int Add(IImage image, string? subject, bool isTrusted)
    {
        printer.Say($"{(isTrusted ? "trusts" : "keeps")} the certificates in {image.Name}");
        return 1;
    }

    public int Add(ReadOnlySpan<byte> file, string? subject, bool isTrusted)
    {
        printer.Say(isTrusted ? "trusts the certificates of a setting" : "keeps the certificates of a setting");
        return 1;
    }

    public int Free(string? subject) => 0;
}
