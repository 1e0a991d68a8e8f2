using Bootlace.Net;

namespace Bootlace.Transfer;

/// <summary>How large TFTP transfers are cut and how patient they are.</summary>
public sealed class TftpTuning
{
    /// <summary>Largest block asked for (RFC 2348); the path's MTU may make it smaller. 1468 fills an Ethernet frame:
    /// 1500 − 20 (IPv4) − 8 (UDP) − 4 (TFTP). Behind a VLAN tag the MTU is 1496, and this becomes 1464.</summary>
    public int BlockBytesMax { get; init; } = 1468;

    /// <summary>Blocks per acknowledgement asked for (RFC 7440); a card with little room makes it smaller.</summary>
    public int WindowBlocksMax { get; init; } = 64;

    /// <summary>How long the request is repeated without any answer.</summary>
    public Duration AnswerTimeout { get; init; } = Duration.FromSeconds(25);

    /// <summary>How long a transfer waits for its next block: more than a minute, since servers do stop for one and go
    /// on.
    /// </summary>
    public Duration SilenceTimeout { get; init; } = Duration.FromSeconds(90);

    /// <summary>First wait before something is repeated, until the server's pace is known.</summary>
    public Duration RetryFirst { get; init; } = Duration.FromMilliseconds(250);

    /// <summary>Shortest wait, once it is known.</summary>
    public Duration RetryMin { get; init; } = Duration.FromMilliseconds(50);

    /// <summary>Longest wait between two repeats.</summary>
    public Duration RetryMax { get; init; } = Duration.FromSeconds(10);
}
