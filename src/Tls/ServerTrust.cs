using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tls;

/// <summary>Judges the certificates that servers show.</summary>
/// <param name="store">Whom we trust.</param>
/// <param name="time">The date.</param>
/// <param name="check">What is asked once a chain is trusted; null: nothing.</param>
public sealed class ServerTrust(TrustStore store, WallTime time, ChainCheck? check)
{
    private readonly ChainVerifier _verifier = new(store, time);

    /// <summary>What else a verdict rests on, as a number that changes with it; 0 where that is nothing.</summary>
    public Func<int> OtherGeneration { get; init; } = () => 0;

    /// <summary>Another number than before: earlier verdicts count no more.</summary>
    public int Generation => store.Generation + time.Generation + OtherGeneration();

    /// <summary>Judges.</summary>
    /// <param name="certificates">As the server sent them, its own first.</param>
    /// <param name="host">The name or address that was asked for, without brackets.</param>
    /// <param name="stop">Ctrl-C, or no more patience.</param>
    /// <returns>Why they are believed.</returns>
    /// <exception cref="BootFailure">They are not to be believed: a kind of <see
    /// cref="CertificateFailure"/>.</exception>
    public async Task<ServerVerdict> RequireAsync(
        IReadOnlyList<byte[]> certificates, string host, CancellationToken stop)
    {
        if (certificates.Count == 0) throw new BootFailure(TlsFailure.BadCertificate);
        var others = new List<ReadOnlyMemory<byte>>(certificates.Count);
        for (int i = 1; i < certificates.Count; i++) others.Add(certificates[i]);
        IReadOnlyList<Certificate> chain =
            _verifier.Verify(certificates[0], others, CertificatePurpose.ServerAuth, host);
        if (check is not null) await check(chain, stop);
        return new ServerVerdict(chain[0].Name, chain[^1].Name);
    }
}
