namespace Bootlace.Net;

/// <summary>The states of RFC 9293 section 3.3.2, without those of a server: we never listen, and a SYN that crosses
/// ours is refused.</summary>
public enum TcpState
{
    /// <summary>Our SYN is out.</summary>
    SynSent,
    /// <summary>Data flows both ways.</summary>
    Established,
    /// <summary>We have closed; our FIN is not acknowledged.</summary>
    FinWait1,
    /// <summary>Our FIN is acknowledged; the peer has not closed.</summary>
    FinWait2,
    /// <summary>The peer has closed; we have not.</summary>
    CloseWait,
    /// <summary>Both have closed; our FIN is not acknowledged.</summary>
    Closing,
    /// <summary>The peer closed first, then we; our FIN is not acknowledged.</summary>
    LastAck,
    /// <summary>All is done; late copies of the peer's FIN are still answered.</summary>
    TimeWait,
    /// <summary>Nothing is left.</summary>
    Closed,
}
