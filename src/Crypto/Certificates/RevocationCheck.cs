using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>Asks the responders that certificates name whether they were revoked (OCSP, RFC 6960). A server could send
/// that along ("stapling"), but mbedTLS 3.6 cannot ask it to; so we ask ourselves, over HTTP as the answers are signed.
/// A certificate whose server must staple (RFC 7633) gets the same: it is refused unless its responder says that it is
/// good.</summary>
/// <param name="pump">Time limits.</param>
/// <param name="time">The date.</param>
/// <param name="fetch">How to ask.</param>
public sealed class RevocationCheck(Pump pump, WallTime time, ResponderFetch fetch)
{
    /// <summary>A responder that is not there may not keep a boot waiting.</summary>
    private const int PatienceMs = 5000;

    private const long UnlimitedAnswerSeconds = 7 * 86400;
    private const int RememberedMax = 64;

    private readonly HashSet<string> _good = [], _noted = [];
    private int _date = time.Generation;   // at which those were good
    private RevocationPolicy _policy;

    /// <summary>What happens where nobody can say.</summary>
    public RevocationPolicy Policy
    {
        get => _policy;
        set
        {
            if (value != _policy) Generation++;
            _policy = value;
        }
    }

    /// <summary>Another number than before: the policy has changed.</summary>
    public int Generation { get; private set; }

    /// <summary>Called when a certificate is believed though nobody could say.</summary>
    public Action<string>? Noted { get; set; }

    /// <summary>Checks a chain: its certificate, and with <see cref="RevocationPolicy.Required"/> the authorities too.
    /// </summary>
    /// <param name="chain">As <see cref="ChainVerifier.Verify"/> returned it.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <exception cref="BootFailure">One was revoked, or it must be known and is not.</exception>
    public async Task RequireAsync(IReadOnlyList<Certificate> chain, CancellationToken stop)
    {
        if (_date != time.Generation) _good.Clear();
        _date = time.Generation;
        int count = Policy == RevocationPolicy.Required ? chain.Count - 1 : Math.Min(1, chain.Count - 1);
        for (int i = 0; i < count; i++) await RequireAsync(chain[i], chain[i + 1], stop);
    }

    private async Task RequireAsync(Certificate one, Certificate issuer, CancellationToken stop)
    {
        bool mustStaple = one.View.TryFindExtension(ObjectIds.TlsFeature, out _);
        if (Policy == RevocationPolicy.Off && !mustStaple) return;
        bool namesResponder = AuthorityAccess.NamesResponder(one.View, out string responder);
        string fingerprint = Convert.ToHexString(one.Fingerprint);
        if (!namesResponder && !mustStaple || _good.Contains(fingerprint)) return;
        string? trouble = !namesResponder ? "it names no responder"
            : responder.Length == 0 ? "its responder cannot be asked over HTTP"
            : await AskAsync(one, issuer, responder, stop);
        if (trouble is null)
        {
            if (_good.Count == RememberedMax) _good.Clear();
            _good.Add(fingerprint);
            return;
        }
        string sentence = $"Whether the certificate '{one.Name}' was revoked cannot be learned: {trouble}";
        if (mustStaple || Policy == RevocationPolicy.Required)
            throw new BootFailure(CertificateFailure.RevocationUnknown, sentence);
        if (_noted.Count < RememberedMax && _noted.Add(fingerprint)) Noted?.Invoke(sentence + "\n");
    }

    /// <summary>Null: it is good.</summary>
    private async Task<string?> AskAsync(
        Certificate one, Certificate issuer, string responder, CancellationToken stop)
    {
        byte[] body;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        PumpTimer timer = pump.Schedule(Duration.FromMilliseconds(PatienceMs), limit.Cancel);
        try
        {
            body = await fetch(UriOf(one, issuer, responder), limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return "its responder does not answer";
        }
        catch (BootFailure failure)
        {
            return failure.Message;
        }
        finally
        {
            timer.Cancel();
        }
        return Judge(body, one, issuer);
    }

    /// <summary>The question in Base64 behind the responder's URI (RFC 6960, appendix A.1).</summary>
    private static string UriOf(Certificate one, Certificate issuer, string responder)
    {
        Span<byte> query = stackalloc byte[OcspQuery.BytesMax];
        int countBytes = QueryFor(one, issuer, stackalloc byte[2 * OcspQuery.HashBytes]).Emit(query);
        if (countBytes == 0)
            throw new BootFailure(CertificateFailure.BadCertificate, $"The serial number of '{one.Name}' is too long");
        string text = Convert.ToBase64String(query[..countBytes]);
        text = text.Replace("+", "%2B").Replace("/", "%2F").Replace("=", "%3D");
        return responder.EndsWith('/') ? responder + text : $"{responder}/{text}";
    }

    /// <summary>What is asked about a certificate; <paramref name="hashes"/> is room for it.</summary>
    private static OcspQuery QueryFor(Certificate one, Certificate issuer, Span<byte> hashes)
    {
        CertificateView view = issuer.View;
        Digest.Compute(HashKind.Sha1, view.Subject, hashes);
        Digest.Compute(HashKind.Sha1, view.KeyBits, hashes[OcspQuery.HashBytes..]);
        return new OcspQuery
        {
            IssuerNameHash = hashes[..OcspQuery.HashBytes],
            IssuerKeyHash = hashes[OcspQuery.HashBytes..],
            SerialNumber = one.View.SerialNumber,
        };
    }

    /// <summary>Null: it is good; else why that is not known.</summary>
    /// <exception cref="BootFailure">It was revoked.</exception>
    private string? Judge(ReadOnlySpan<byte> body, Certificate one, Certificate issuer)
    {
        if (!OcspView.TryRead(body, out OcspView view, out _)) return "its responder sends something else";
        if (view.Refusal != 0) return $"its responder refuses to say ({view.Refusal})";
        OcspQuery query = QueryFor(one, issuer, stackalloc byte[2 * OcspQuery.HashBytes]);
        if (!view.TryFind(query, out OcspAnswer answer)) return "its responder speaks of others";
        if (!IsSigned(view, issuer)) return "its responder's answer is not signed by its issuer";
        // Nobody takes that back, and the date that speaks against it may be ours.
        if (answer.Status == OcspStatus.Revoked)
            throw new BootFailure(CertificateFailure.Revoked, $"The certificate '{one.Name}' has been revoked");
        long until = answer.Until == long.MaxValue ? answer.From + UnlimitedAnswerSeconds : answer.Until;
        if (until < time.Earliest) return "its responder's answer is too old";
        if (answer.From > time.Latest) return "its responder's answer is from the future";
        return answer.Status == OcspStatus.Good ? null : "its responder does not know it";
    }

    /// <summary>By the issuer, or by somebody to whom the issuer gave a certificate for just that. The issuer itself
    /// was checked with the chain, for what that is for.</summary>
    private bool IsSigned(in OcspView view, Certificate issuer)
    {
        if (IsSignedBy(view, issuer)) return true;
        var rules = new PathRules(CertificatePurpose.OcspSigning, host: null, time);
        int count = view.CertificateCount;
        for (int i = 0; i < count; i++)
        {
            if (Certificate.TryRead(view.Certificate(i)) is not { } deputy || !IsSignedBy(view, deputy)) continue;
            try
            {
                if (!X509Name.AreSame(deputy.View.Issuer, issuer.View.Subject)) continue;
                ChainSearch.RequireSignature(issuer, deputy);
                rules.Require([deputy]);
                return true;
            }
            catch (BootFailure)
            {
                // Another one may be the right one.
            }
        }
        return false;
    }

    private static bool IsSignedBy(in OcspView view, Certificate signer)
    {
        SignatureAlgorithm algorithm = view.Algorithm;
        if (!HashKinds.IsStrong(algorithm.Hash)) return false;
        using PublicKey? key = PublicKey.TryRead(signer.View.PublicKey);
        if (key is null) return false;
        Span<byte> digest = stackalloc byte[HashKinds.DigestBytesMax];
        int digestBytes = Digest.Compute(algorithm.Hash, view.Signed, digest);
        return key.Verify(algorithm, digest[..digestBytes], view.Signature);
    }
}
