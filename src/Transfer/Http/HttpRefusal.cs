using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>What failures mean to whoever sent a request.</summary>
internal static class HttpRefusal
{
    /// <summary>A response that is neither 2xx nor a redirect, as a failure.</summary>
    public static BootFailure Of(HttpResponse response, HttpRequest request, bool sentCredentials)
    {
        string host = request.Uri.Host!;
        string sentence = $"{host} answered {response.StatusText} for {request.Uri}";
        return response.Status switch
        {
            401 when sentCredentials =>
                new(HttpFailure.Unauthorized, $"{host} refuses this user and password for {request.Uri}"),
            401 when request.HasCredentials => new(HttpFailure.Unauthorized,
                $"{host} wants a password for {request.Uri} by a scheme other than Basic, which is not supported yet"),
            401 => new(HttpFailure.Unauthorized, $"{host} wants a user and password for {request.Uri}"),
            403 => new(HttpFailure.Forbidden, sentence),
            404 => new(HttpFailure.NotFound, $"{host} has no {request.Uri.Path} (404 for {request.Uri})"),
            >= 400 and < 500 => new(HttpFailure.RequestRefused, sentence),
            >= 500 and < 600 => new(HttpFailure.ServerError, sentence),
            _ => new(HttpFailure.UnexpectedStatus, sentence),
        };
    }

    /// <summary>Failures that may be gone at the next attempt: of the network (area 02), of name resolution (04),
    /// connections that end or are silent, also as TLS says it, and a server that is just being restarted.</summary>
    public static bool IsTrouble(FailureKind kind) =>
        (kind.Code >> 16 & 0xff) is 0x02 or 0x04
        || kind.Code >> 24 is ErrorNumber.ConnectionReset or ErrorNumber.TimedOut || kind == HttpFailure.ServerError;

    /// <summary>What is said in the end of a transfer that trouble has ended again and again.</summary>
    public static FailureKind LastOf(FailureKind trouble)
    {
        const uint TlsArea = 0x0c;   // a stream that was cut off on purpose has a code of its own
        bool isKept = trouble == HttpFailure.TimedOut || (trouble.Code >> 16 & 0xff) == TlsArea;
        return isKept ? trouble : HttpFailure.ConnectionLost;
    }
}
