using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>Where an issuer can be asked about a certificate (RFC 5280, section 4.2.2.1).</summary>
public static class AuthorityAccess
{
    private const int UriBytesMax = 512;

    /// <summary>The first HTTP URI of an OCSP responder; empty: none.</summary>
    public static string FindResponder(in CertificateView certificate)
    {
        if (!certificate.TryFindExtension(ObjectIds.AuthorityInfoAccess, out CertificateExtension extension)) return "";
        var reader = new DerReader(extension.Value);
        if (!reader.TryEnter(DerTag.Sequence, out DerReader list, out _)) return "";
        while (list.TryEnter(DerTag.Sequence, out DerReader one, out _))
        {
            if (!one.TryRead(DerTag.ObjectId, out DerElement method, out _)
                || !one.TryRead(out DerElement place, out _))
                return "";
            ReadOnlySpan<byte> uri = place.Content;
            bool isHttp = place.Tag == DerTag.Context(GeneralNames.Uri) && uri.Length <= UriBytesMax
                && uri.StartsWith("http://"u8) && uri.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0;
            if (isHttp && method.Content.SequenceEqual(ObjectIds.OcspResponder)) return Encoding.ASCII.GetString(uri);
        }
        return "";
    }
}
