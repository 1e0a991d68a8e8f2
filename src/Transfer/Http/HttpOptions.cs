using Bootlace.Net;

namespace Bootlace.Transfer;

/// <summary>How patient an HTTP transfer is, and how it names itself.</summary>
public sealed class HttpOptions
{
    /// <summary>What the server is told we are. Servers tell boot loaders apart by a leading "iPXE/".</summary>
    public string UserAgent { get; init; } = "iPXE/2.0.0 (compatible; Bootlace)";

    /// <summary>Longest wait for the first byte of a response.</summary>
    public Duration FirstByteTimeout { get; init; } = Duration.FromSeconds(20);

    /// <summary>Longest silence in the middle of a response.</summary>
    public Duration SilenceTimeout { get; init; } = Duration.FromSeconds(120);

    /// <summary>How often in a row a broken transfer is taken up again without one more byte.</summary>
    public int ResumesMax { get; init; } = 6;

    /// <summary>Wait before the first of these; it doubles each time, up to <see cref="ResumeDelayMax"/>.</summary>
    public Duration ResumeDelay { get; init; } = Duration.FromMilliseconds(500);

    /// <summary>Longest wait before one of these.</summary>
    public Duration ResumeDelayMax { get; init; } = Duration.FromSeconds(8);

    /// <summary>How long a finished connection is kept for the next request to the same server.</summary>
    public Duration IdleTimeout { get; init; } = Duration.FromSeconds(10);
}
