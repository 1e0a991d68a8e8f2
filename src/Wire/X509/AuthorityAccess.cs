using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>Where an issuer can be asked about a certificate (RFC 5280, section 4.2.2.1).</summary>
public static class AuthorityAccess
{
    private const int UriBytesMax = 512;

    /// <summary>Whether a certificate names an OCSP responder.</summary>
    /// <param name="certificate">It.</param>
    /// <param name="uri">The first responder that can be asked over HTTP; empty: none of those named can be.</param>
    public static bool NamesResponder(in CertificateView certificate, out string uri)
    {
        uri = "";
        if (!certificate.TryFindExtension(ObjectIds.AuthorityInfoAccess, out CertificateExtension extension))
            return false;
        var reader = new DerReader(extension.Value);
        if (!reader.TryEnter(DerTag.Sequence, out DerReader list, out _)) return false;
        bool isNamed = false;
        while (list.TryEnter(DerTag.Sequence, out DerReader one, out _))
        {
            if (!one.TryRead(DerTag.ObjectId, out DerElement method, out _)
                || !one.TryRead(out DerElement place, out _))
                break;
            if (!method.Content.SequenceEqual(ObjectIds.OcspResponder)) continue;
            isNamed = true;
            if (!IsHttp(place)) continue;
            uri = Encoding.ASCII.GetString(place.Content);
            break;
        }
        return isNamed;
    }

    private static bool IsHttp(DerElement place) =>
        place.Tag == DerTag.Context(GeneralNames.Uri) && place.Content.Length <= UriBytesMax
        && place.Content.StartsWith("http://"u8) && place.Content.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0;
}
