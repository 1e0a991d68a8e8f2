using Bootlace.Crypto;

namespace Bootlace.Tls;

/// <summary>What is to be said of one connection, long after it has ended too.</summary>
public sealed class TlsReport
{
    /// <summary>The server's name or address, as it was asked for.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public required ushort Port { get; init; }

    /// <summary>The version agreed on.</summary>
    public required TlsVersion Version { get; init; }

    /// <summary>The cipher suite's name.</summary>
    public required string Suite { get; init; }

    /// <summary>Whether an earlier session went on.</summary>
    public required bool IsResumed { get; init; }

    /// <summary>Why the server was believed.</summary>
    public required ServerVerdict Verdict { get; init; }

    /// <summary>The connection is there.</summary>
    public bool IsOpen { get; internal set; } = true;
}
